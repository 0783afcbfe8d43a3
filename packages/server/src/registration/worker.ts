import { DatabaseError } from '@latchkey/db/engine/errors';
import { listFinishedSpoolKeys } from '@latchkey/db/upload-jobs/reader';
import {
  type ClaimedPart,
  claimPart,
  clearSpoolKeys,
  releasePart,
  renewLease,
} from '@latchkey/db/upload-jobs/writer';
import type { AppContext } from '../context.js';
import { RulesChangedError, TargetGoneError } from './commit.js';
import { endJob, settlePoisonPart } from './end-job.js';
import { processPart } from './process-part.js';

// A worker that died is missed after this long.
const leaseSeconds = 15;
const idleMs = 1000;
const maxAttempts = 5;
const retryDelaysSeconds = [1, 5, 15, 30] as const;

/**
 * Claims parts until the signal aborts. A claim is a lease that is renewed while the part is worked on: a worker that
 * dies loses it, and another one takes the part. What a part commits, it commits once, whoever holds the lease.
 */
export async function runWorker(context: AppContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const worked = await workOnce(context).catch((error: unknown) => {
      // The embedded engine does not come back; the process has to end so that it can be started again.
      if (error instanceof DatabaseError && error.code === 'engine_stopped') throw error;
      context.log.error(
        { err: error },
        'the registration worker could not reach the database; it goes on trying',
      );
      return false;
    });
    if (!worked) await context.jobEvents.waitForWork(idleMs, signal);
  }
}

/** Works on one part, or cleans up; false if there was nothing to do. */
async function workOnce(context: AppContext): Promise<boolean> {
  const claimed = await claimPart(context.db, leaseSeconds);
  if (!claimed) return removeSpooledManifests(context);
  if (claimed.attempts > maxAttempts) {
    await settlePoisonPart(context, claimed);
    return true;
  }
  const renewal = setInterval(
    () => {
      renewLease(context.db, claimed.job_id, claimed.part, leaseSeconds).catch((error: unknown) =>
        context.log.warn({ err: error }, 'lease not renewed'),
      );
    },
    (leaseSeconds * 1000) / 3,
  );
  try {
    await processPart(context, claimed);
  } catch (error) {
    await handleFailure(context, claimed, error);
  } finally {
    clearInterval(renewal);
  }
  return true;
}

async function handleFailure(context: AppContext, claimed: ClaimedPart, error: unknown): Promise<void> {
  if (error instanceof TargetGoneError) {
    await endJob(context, claimed.job_id, 'ERROR', [`${error.message} What was registered before stays.`]);
    return;
  }
  const delay = error instanceof RulesChangedError ? 0 : (retryDelaysSeconds[claimed.attempts - 1] ?? 30);
  if (delay > 0)
    context.log.error(
      { err: error, jobId: claimed.job_id, part: claimed.part, attempts: claimed.attempts },
      'part failed; it is tried again',
    );
  await releasePart(context.db, claimed.job_id, claimed.part, delay);
}

async function removeSpooledManifests(context: AppContext): Promise<boolean> {
  const finished = await listFinishedSpoolKeys(context.db, 100);
  for (const { spool_key } of finished) await context.spool.remove(spool_key);
  if (finished.length > 0)
    await clearSpoolKeys(
      context.db,
      finished.map(({ id }) => id),
    );
  return finished.length > 0;
}
