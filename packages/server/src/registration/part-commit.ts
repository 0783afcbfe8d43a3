import { limits } from '@latchkey/contract/limits';
import type { Executor } from '@latchkey/db/engine/executor';
import { markJobUnread } from '@latchkey/db/notifications/writer';
import { type PartOutcome, unitOutcome } from '@latchkey/db/upload-jobs/parts';
import {
  type ClaimedPart,
  finishAllParts,
  lockOpenPart,
  reopenParts,
} from '@latchkey/db/upload-jobs/parts-writer';
import { isCancelRequested } from '@latchkey/db/upload-jobs/reader';
import { insertUnitErrors } from '@latchkey/db/upload-jobs/unit-errors-writer';
import {
  addProgress,
  addWarnings,
  finishUploadJob,
  leaveCommitToLog,
  type Progress,
  startRegistering,
} from '@latchkey/db/upload-jobs/writer';
import type { AppContext } from '../context.js';
import { mustFitItems } from '../quotas.js';
import { emitEvents } from '../webhooks/emit.js';
import { jobFinishedData } from '../webhooks/event-data.js';
import { CancelRequestedError, OvertakenError } from './interruptions.js';
import type { PreparedPart } from './prepared-part.js';

/**
 * What a part comes to is committed in one transaction, whoever holds the lease. Locks in one order: part,
 * integration, folder, job; a cancel takes part before job as well.
 */
export async function commitPart(
  context: AppContext,
  claimed: ClaimedPart,
  work: (tx: Executor) => Promise<Progress>,
): Promise<void> {
  const finished = await context.db.transaction(async (tx) => {
    if (!(await lockOpenPart(tx, claimed.job_id, claimed.part))) throw new OvertakenError();
    // Else a cancel, which locks the parts in their order, would follow the workers through the job to its end.
    if (await isCancelRequested(tx, claimed.job_id)) throw new CancelRequestedError();
    const progress = await work(tx);
    if (progress.done > 0) await mustFitItems(context, tx);
    const left = await addProgress(tx, claimed, progress);
    if (!left) throw new OvertakenError();
    if (left.parts_open === 0) return settle(context, tx, claimed, left.units_error);
    // What a crash takes back is open again, and is registered with the same ids; the job's last commit is waited for.
    await leaveCommitToLog(tx);
    return false;
  });
  if (finished) context.jobEvents.finished(claimed.job_id);
  else {
    context.jobEvents.moved(claimed.job_id);
    context.jobEvents.workAvailable();
  }
}

/** After the last part: true if the job has ended. */
async function settle(
  context: AppContext,
  tx: Executor,
  claimed: ClaimedPart,
  unitsError: number,
): Promise<boolean> {
  const failed = claimed.phase === 'checking' && unitsError > 0;
  if (claimed.phase === 'checking' && !failed) {
    await reopenParts(tx, claimed.job_id);
    await startRegistering(tx, claimed.job_id);
    return false;
  }
  await finishAllParts(tx, claimed.job_id);
  const errors = failed
    ? [
        `${unitsError} ${unitsError === 1 ? 'unit' : 'units'} failed, so nothing was registered. Correct the manifest, or ignore individual errors to register the others.`,
      ]
    : [];
  await finishUploadJob(tx, claimed.job_id, failed ? 'ERROR' : 'DONE', errors);
  await announceEnd(context, tx, claimed.job_id);
  return true;
}

/** Of a job that ends with the transaction. */
export async function announceEnd(context: AppContext, tx: Executor, jobId: string): Promise<void> {
  await markJobUnread(tx, jobId);
  await emitEvents(tx, context, 'uploadJob.finished', () => jobFinishedData(tx, jobId));
}

export async function writeFindings(
  tx: Executor,
  jobId: string,
  { errors, warnings }: Pick<PreparedPart, 'errors' | 'warnings'>,
): Promise<void> {
  if (errors.length > 0) await insertUnitErrors(tx, jobId, errors);
  if (warnings.length > 0) await addWarnings(tx, jobId, warnings, limits.jobWarnings);
}

export const noProgress: Progress = { done: 0, skipped: 0, renewed: 0, error: 0, checked: 0, parts: 0 };

/** The renewed units are part of the skipped ones. */
export function toProgress({ outcomes }: PartOutcome): Progress {
  const counts = { none: 0, created: 0, skipped: 0, renewed: 0, error: 0 };
  const names = Object.keys(unitOutcome) as (keyof typeof unitOutcome)[];
  for (const outcome of outcomes) counts[names[outcome] ?? 'none']++;
  const { created, skipped, renewed, error } = counts;
  return { ...noProgress, done: created, skipped: skipped + renewed, renewed, error };
}
