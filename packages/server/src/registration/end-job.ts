import { errorCatalogue } from '@latchkey/contract/errors';
import { unitOutcome } from '@latchkey/db/upload-jobs/parts';
import { type ClaimedPart, finishAllParts, finishPart } from '@latchkey/db/upload-jobs/parts-writer';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import { finishUploadJob, requestCancel } from '@latchkey/db/upload-jobs/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';
import { CancelRequestedError, OvertakenError } from './interruptions.js';
import { announceEnd, commitPart, toProgress, writeFindings } from './part-commit.js';

/**
 * Ends a pending job; what is registered stays, the rest counts as cancelled: answers how many. Null: it had ended.
 * Waits for parts that are being committed, but for a job that is registered as a whole, which is rolled back.
 */
export function endJob(
  context: AppContext,
  jobId: string,
  status: 'ERROR' | 'CANCELLED',
  errors: readonly string[],
): Promise<number | null> {
  return context.jobEvents.whileCancelling(jobId, async () => {
    await requestCancel(context.db, jobId);
    const ended = await context.db.transaction(async (tx) => {
      await finishAllParts(tx, jobId);
      const result = await finishUploadJob(tx, jobId, status, errors);
      if (result) await announceEnd(context, tx, jobId);
      return result;
    });
    if (ended) context.jobEvents.finished(jobId);
    return ended?.units_cancelled ?? null;
  });
}

/**
 * Whoever requested the cancel ends the job. A part that is claimed again, which takes as long as a lease, was left by
 * a cancel whose process died: then it is ended here.
 */
export async function leaveToCancel(context: AppContext, claimed: ClaimedPart): Promise<void> {
  if (claimed.attempts > 1) await endJob(context, claimed.job_id, 'CANCELLED', []);
}

/** Settles a part that failed too often: each of its units becomes a unit error. All or nothing: the job ends. */
export async function settlePoisonPart(context: AppContext, claimed: ClaimedPart): Promise<void> {
  const { meaning, hint } = errorCatalogue.part_failed;
  if (!claimed.ignore_errors) {
    await endJob(context, claimed.job_id, 'ERROR', [`${meaning} ${hint}`]);
    return;
  }
  const outcome = {
    outcomes: new Uint8Array(claimed.unitCount).fill(unitOutcome.error),
    knownItemIds: [],
    severalItems: {},
  };
  try {
    await commitPart(context, claimed, async (tx) => {
      await finishPart(tx, claimed.job_id, claimed.part, outcome);
      await writeFindings(tx, claimed.job_id, { errors: poisonErrors(claimed), warnings: [] });
      return { ...toProgress(outcome), parts: 1 };
    });
  } catch (error) {
    if (error instanceof CancelRequestedError) await leaveToCancel(context, claimed);
    else if (!(error instanceof OvertakenError)) throw error;
  }
}

function poisonErrors({ unitCount, firstPosition, firstElement, kind }: ClaimedPart): NewUnitError[] {
  const { meaning, hint } = errorCatalogue.part_failed;
  return Array.from({ length: unitCount }, (_, index) => ({
    id: uuidv7(),
    position: firstPosition + index,
    kind,
    element: firstElement + index,
    line: null,
    column: null,
    field: null,
    code: 'part_failed',
    message: meaning,
    hint,
    title: null,
    objectUrl: null,
  }));
}
