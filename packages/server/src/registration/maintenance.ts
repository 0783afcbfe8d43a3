import { deleteOldJobs, registeredSince } from '@latchkey/db/upload-jobs/retention';
import { removeOldAuditEntries } from '../audit/retention.js';
import type { AppContext } from '../context.js';
import { noticeExpiring } from '../notifications/notice-expiring.js';
import { removeDisposableManifests } from './spooled-manifests.js';

const intervalMs = 60_000;
const batch = 100;

/** Cleans up after jobs, and gives notice of items that expire, until the signal aborts: whenever one has finished, and once a minute. */
export async function runMaintenance(context: AppContext, signal: AbortSignal): Promise<void> {
  let maintainedAt = context.now();
  const tidy = async (): Promise<void> => {
    await cleanUp(context);
    await noticeExpiring(context);
    maintainedAt = await maintainDatabase(context, maintainedAt);
  };
  while (!signal.aborted) {
    await tidy().catch((error: unknown) =>
      context.log.warn(
        { err: error },
        'cleaning up after jobs or noticing what expires failed; it is tried again',
      ),
    );
    await context.jobEvents.waitForAnyFinish(intervalMs, signal);
  }
}

/** Removes what nobody needs any more: manifests from the spool, old jobs with their results, and old audit entries. */
export async function cleanUp(context: AppContext): Promise<void> {
  await removeDisposableManifests(context);
  const keepSeconds = context.config.jobRetentionDays * 24 * 3600;
  while ((await deleteOldJobs(context.db, keepSeconds, batch)) > 0);
  await removeOldAuditEntries(context);
}

const registeredForMaintenance = 50_000;

/**
 * The embedded database has no daemon that keeps statistics and indexes in order: that is due when many items have come
 * since `since` and no job waits for it. Answers when it was done last, in epoch milliseconds.
 */
async function maintainDatabase({ db, now }: AppContext, since: number): Promise<number> {
  if (db.engine !== 'pglite') return since;
  const { registered, pending } = await registeredSince(db, since);
  if (pending || registered < registeredForMaintenance) return since;
  const started = now();
  await db.maintain();
  return started;
}
