import { DatabaseError } from '@latchkey/db/engine/errors';
import { listFinishedSpoolKeys, listNamedSpoolKeys } from '@latchkey/db/upload-jobs/reader';
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
  await sweepSpool(context).catch((error: unknown) =>
    context.log.warn({ err: error }, 'the spool could not be swept'),
  );
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
  const stopRenewing = keepLease(context, claimed);
  try {
    await processPart(context, claimed);
  } catch (error) {
    await handleFailure(context, claimed, error);
  } finally {
    stopRenewing();
  }
  return true;
}

/** Renews the lease until the function that it answers is called. One renewal at a time: they may wait for a connection. */
function keepLease(context: AppContext, { job_id, part }: ClaimedPart): () => void {
  let renewing = false;
  const renew = async (): Promise<void> => {
    if (renewing) return;
    renewing = true;
    await renewLease(context.db, job_id, part, leaseSeconds).catch((error: unknown) =>
      context.log.warn({ err: error }, 'lease not renewed'),
    );
    renewing = false;
  };
  const timer = setInterval(() => void renew(), (leaseSeconds * 1000) / 3);
  return () => clearInterval(timer);
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

const orphanAgeMs = 24 * 3600 * 1000;

/**
 * Removes manifests that no job names: of uploads whose process died before the job was made. One that is being
 * received, maybe by another node, was written to a moment ago.
 */
export async function sweepSpool(context: AppContext): Promise<void> {
  const old = await context.spool.listUntouchedSince(context.now() - orphanAgeMs);
  if (old.length === 0) return;
  const named = new Set(await listNamedSpoolKeys(context.db, old));
  for (const key of old) if (!named.has(key)) await context.spool.remove(key);
}
