import { setTimeout as delay } from 'node:timers/promises';
import { getResealing, listSecretKeys } from '@latchkey/db/secret-keys/reader';
import type { AppContext } from '../context.js';
import { type ResealOutcome, resealNext } from './reseal.js';

const lookEveryMs = 5000;
const reportEveryMs = 10_000;

/** Seals again what replaced keys have sealed, until the signal aborts: for half of the time at the most, so that others get their turn. */
export async function runResealing(context: AppContext, signal: AbortSignal): Promise<void> {
  const report = reporter(context);
  while (!signal.aborted) {
    const started = performance.now();
    const outcome = await resealNext(context).catch((error: unknown): ResealOutcome => {
      context.log.error(
        { err: error },
        'what replaced secret keys have sealed could not be sealed again; it is tried again',
      );
      return 'waits';
    });
    await report(outcome);
    if (outcome === 'moved')
      await delay(performance.now() - started, undefined, { signal }).catch(() => undefined);
    else await context.jobEvents.waitForKeys(lookEveryMs, signal);
  }
}

/** Tells the operator how far it is, at times, and which keys can be dropped at the end. */
function reporter(context: AppContext): (outcome: ResealOutcome) => Promise<void> {
  let reportedAt = 0;
  return async (outcome) => {
    const isDue =
      outcome === 'done' || (outcome === 'moved' && performance.now() - reportedAt > reportEveryMs);
    if (!isDue) return;
    reportedAt = performance.now();
    await tell(context, outcome === 'done').catch((error: unknown) =>
      context.log.warn({ err: error }, 'the progress of sealing again could not be read'),
    );
  };
}

async function tell({ db, log, secretKeys }: AppContext, isDone: boolean): Promise<void> {
  const resealing = await getResealing(db, secretKeys.current.id);
  const counts = { lookedAt: resealing?.looked_at_count, resealed: resealing?.resealed_count };
  if (!isDone) return log.info(counts, 'what replaced secret keys have sealed is being sealed again');
  const unused = (await listSecretKeys(db)).filter(({ unused_since }) => unused_since !== null);
  const secretKeyIds = unused.map(({ id }) => id.toString('hex'));
  log.info(
    { ...counts, secretKeyIds },
    'nothing is sealed with these secret keys any more; they can be dropped',
  );
}
