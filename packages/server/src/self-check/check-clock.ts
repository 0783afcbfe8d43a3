import type { Database } from '@latchkey/db/engine/executor';
import { getDatabaseTime, getNewestJobTime } from '@latchkey/db/installation/clock';
import { type Finding, failure, ok, warning } from './check-result.js';

/** Signed requests and webhooks are refused beyond minutes; what expires is judged by this clock. */
const tolerableMs = 2000;
const harmfulMs = 60_000;
const hint =
  'Set the clocks by NTP on each machine: expiry, leases, sessions and signed requests are judged by them.';

/** This clock beside the database's, and beside the times that the database remembers. */
export async function checkClock(db: Database, isCurrent: boolean, now: () => number): Promise<Finding> {
  const before = now();
  const databaseTime = await getDatabaseTime(db);
  const after = now();
  const aside = Math.max(before - databaseTime.getTime(), databaseTime.getTime() - after, 0);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  if (aside > harmfulMs) return failure(`This clock and the database's are ${seconds(aside)} apart.`, hint);
  if (aside > tolerableMs) return warning(`This clock and the database's are ${seconds(aside)} apart.`, hint);
  const newest = isCurrent ? await getNewestJobTime(db) : null;
  const ahead = (newest?.getTime() ?? Number.NEGATIVE_INFINITY) - after;
  if (ahead > tolerableMs)
    return warning(`The newest upload job began ${seconds(ahead)} after now: a clock was set back.`, hint);
  return ok(db.engine === 'postgres' ? `within ${seconds(tolerableMs)} of the database's` : 'goes forward');
}
