import { LatchkeyError } from '@latchkey/contract/errors';
import { DatabaseError, isLockTimeout } from '@latchkey/db/engine/errors';
import { listClaimableJobs } from '@latchkey/db/upload-jobs/parts-reader';
import { type ClaimedPart, claimPart, releasePart, renewLease } from '@latchkey/db/upload-jobs/parts-writer';
import { listUnfinishedJobs } from '@latchkey/db/upload-jobs/reader';
import type { SpanAttributes } from '@latchkey/tracing/tracing';
import { mustMakeCurrent } from '../access/hold-secret-key.js';
import type { AppContext } from '../context.js';
import { runResealing } from '../secret-keys/run-resealing.js';
import { runWebhooks } from '../webhooks/deliver.js';
import { RulesChangedError, SecretKeyReplacedError, TargetGoneError } from './commit.js';
import { endJob, settlePoisonPart } from './end-job.js';
import { NoSeatError, StoppingError } from './interruptions.js';
import { runMaintenance } from './maintenance.js';
import { processPart } from './process-part.js';
import { Slots } from './slots.js';

// A worker that died is missed after this long.
const leaseSeconds = 15;
const idleMs = 1000;
const maxFailures = 5;
// Claims whose worker died say little of the part, but one that takes each worker with it has to end too.
const maxAttempts = 100;
const retryDelaysSeconds = [1, 5, 15, 30] as const;

/** While one part is prepared in each thread, one is committed and one waits for the answer of the database. */
const slotsBesideThreads = 2;
/** A part whose objects are measured leaves its slot to others. */
const mostOutside = 8;

/**
 * Works on the parts of all pending jobs until the signal aborts, some at the same time. Rejects when the embedded
 * database has stopped.
 */
export async function runWorker(context: AppContext, signal: AbortSignal): Promise<void> {
  const turn: Turn = { lastJobId: null };
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const slots = new Slots(context.prepareThreads.count + slotsBesideThreads);
  const runners = Array.from({ length: slots.count + mostOutside }, () =>
    runParts(context, turn, slots, until),
  );
  const tasks = [
    logUnfinishedJobs(context),
    runMaintenance(context, until),
    runResealing(context, until),
    runWebhooks(context, until),
    ...runners,
  ];
  // The first that fails ends the others, and the worker when they have ended.
  for (const task of tasks) task.catch(() => failed.abort());
  for (const end of await Promise.allSettled(tasks)) if (end.status === 'rejected') throw end.reason;
}

/** The job that was served last by any slot. */
interface Turn {
  lastJobId: string | null;
}

async function logUnfinishedJobs({ db, log }: AppContext): Promise<void> {
  const jobs = await listUnfinishedJobs(db).catch((error: unknown) => {
    log.warn({ err: error }, 'unfinished jobs could not be listed');
    return [];
  });
  for (const { id, units_total, units_pending } of jobs)
    log.info(
      { jobId: id, unitsTotal: units_total, unitsPending: units_pending },
      'unfinished upload job is resumed',
    );
}

function runParts(context: AppContext, turn: Turn, slots: Slots, signal: AbortSignal): Promise<void> {
  return slots.run(async () => {
    if (signal.aborted) return false;
    const worked = await workOnce(context, turn, slots).catch((error: unknown) => {
      // The embedded engine does not come back; the process has to end so that it can be started again.
      if (error instanceof DatabaseError && error.code === 'engine_stopped') throw error;
      context.log.error(
        { err: error },
        'the registration worker could not reach the database; it goes on trying',
      );
      return false;
    });
    if (!worked) await context.jobEvents.waitForWork(idleMs, signal);
    return true;
  });
}

/**
 * Claims a part and works on it; false if there is none. A claim is a lease that is renewed meanwhile: a worker that
 * dies loses it, and another one takes the part. What a part commits, it commits once, whoever holds the lease.
 */
async function workOnce(context: AppContext, turn: Turn, slots: Slots): Promise<boolean> {
  const claimed = await claimNext(context, turn);
  if (!claimed) return false;
  if (claimed.failures >= maxFailures || claimed.attempts > maxAttempts) {
    await settlePoisonPart(context, claimed);
    return true;
  }
  const stopRenewing = keepLease(context, claimed);
  try {
    await context.tracing.span('registration.part', spanAttributes(claimed), () =>
      processPart(context, claimed, (work) => slots.outside(work)),
    );
  } catch (error) {
    await handleFailure(context, claimed, followKey(context, error));
  } finally {
    stopRenewing();
  }
  return true;
}

const spanAttributes = ({ job_id, part, phase, unitCount, attempts }: ClaimedPart): SpanAttributes => ({
  'latchkey.job_id': job_id,
  'latchkey.part': part,
  'latchkey.phase': phase,
  'latchkey.units': unitCount,
  'latchkey.attempts': attempts,
});

/** Jobs take turns, part by part: a small job beside a huge one waits for one part of that. */
async function claimNext({ db, measurer }: AppContext, turn: Turn): Promise<ClaimedPart | null> {
  for (const jobId of await listClaimableJobs(db, turn.lastJobId)) {
    // Its next part would only wait for the storage as well.
    if (measurer?.isFull(jobId)) continue;
    const claimed = await claimPart(db, jobId, leaseSeconds);
    if (!claimed) continue;
    turn.lastJobId = jobId;
    return claimed;
  }
  return null;
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

/** Another process has replaced the secret key. Answers the error that is left of it: this process may not have the new one. */
function followKey(context: AppContext, error: unknown): unknown {
  try {
    if (error instanceof SecretKeyReplacedError) mustMakeCurrent(context, error.currentId);
    else if (isKeyMissing(error)) context.secretKeys.reload();
    return error;
  } catch (missing) {
    return missing;
  }
}

const isKeyMissing = (error: unknown): boolean =>
  error instanceof LatchkeyError && error.code === 'secret_key_missing';

async function handleFailure(context: AppContext, claimed: ClaimedPart, error: unknown): Promise<void> {
  const { job_id: jobId, part, failures } = claimed;
  if (error instanceof TargetGoneError) {
    await endJob(context, jobId, 'ERROR', [`${error.message} What was registered before stays.`]);
    return;
  }
  if (error instanceof LatchkeyError && error.code === 'quota_exceeded') {
    await endJob(context, jobId, 'ERROR', [`${error.message} ${registeredBefore(claimed)}`]);
    return;
  }
  if (error instanceof RulesChangedError || error instanceof StoppingError) {
    await releasePart(context.db, jobId, part, { delaySeconds: 0, failed: false });
  } else if (isLockTimeout(error) || error instanceof NoSeatError) {
    await releasePart(context.db, jobId, part, { delaySeconds: 1, failed: false });
  } else {
    const outage = isOutage(error);
    context.log.error({ err: error, jobId, part, failures }, 'part failed; it is tried again');
    const delaySeconds = outage ? 1 : (retryDelaysSeconds[failures] ?? 30);
    await releasePart(context.db, jobId, part, { delaySeconds, failed: !outage });
  }
}

const registeredBefore = ({ ignore_errors }: ClaimedPart): string =>
  ignore_errors
    ? 'What was registered before stays; register the same manifest again with skip_duplicate_urls to go on.'
    : 'Nothing was registered.';

/** The part is not at fault; it is tried again until what it needs is back. */
function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === 'unavailable';
  return isKeyMissing(error) || (error instanceof LatchkeyError && error.code === 'spool_unavailable');
}
