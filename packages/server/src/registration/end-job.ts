import { errorCatalogue } from '@latchkey/contract/errors';
import { markJobUnread } from '@latchkey/db/notifications/writer';
import {
  addProgress,
  type ClaimedPart,
  finishAllParts,
  finishPart,
  finishUploadJob,
  insertUnitErrors,
  type NewUnitError,
} from '@latchkey/db/upload-jobs/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';

/** Ends a job that can't go on; what is registered stays, the rest counts as cancelled. */
export async function endJob(
  context: AppContext,
  jobId: string,
  status: 'ERROR' | 'CANCELLED',
  errors: readonly string[],
): Promise<number | null> {
  const ended = await context.db.transaction(async (tx) => {
    await finishAllParts(tx, jobId);
    const result = await finishUploadJob(tx, jobId, status, errors);
    if (result) await markJobUnread(tx, jobId);
    return result;
  });
  if (ended) context.jobEvents.finished(jobId);
  return ended?.units_cancelled ?? null;
}

/** Settles a part that failed too often: each of its units becomes a unit error. All or nothing: the job ends. */
export async function settlePoisonPart(context: AppContext, claimed: ClaimedPart): Promise<void> {
  const { meaning, hint } = errorCatalogue.part_failed;
  if (!claimed.ignore_errors) {
    await endJob(context, claimed.job_id, 'ERROR', [`${meaning} ${hint}`]);
    return;
  }
  const errors: NewUnitError[] = Array.from({ length: claimed.unit_count }, (_, index) => ({
    id: uuidv7(),
    position: claimed.first_position + index,
    kind: claimed.kind,
    element: claimed.first_element + index,
    line: null,
    column: null,
    field: null,
    code: 'part_failed',
    message: meaning,
    hint,
    title: null,
    objectUrl: null,
  }));
  const ended = await context.db.transaction(async (tx) => {
    if (!(await finishPart(tx, claimed.job_id, claimed.part))) return false;
    await insertUnitErrors(tx, claimed.job_id, errors);
    const left = await addProgress(tx, claimed, {
      done: 0,
      skipped: 0,
      renewed: 0,
      error: errors.length,
      parts: 1,
    });
    if (left?.parts_open !== 0) return false;
    await finishUploadJob(tx, claimed.job_id, 'DONE', []);
    await markJobUnread(tx, claimed.job_id);
    return true;
  });
  if (ended) context.jobEvents.finished(claimed.job_id);
}
