import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import type { UnitOutcome, UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import {
  getUploadJob,
  getUploadJobStatus,
  listUnitErrors,
  type UploadJobRow,
} from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';
import { endJob } from './end-job.js';
import { toUnitError, toUploadJob } from './to-upload-job.js';
import { listUnitResults } from './unit-results.js';

const recheckMs = 1000;

export async function mustGetJob(
  context: AppContext,
  folderId: string,
  jobId: string,
): Promise<UploadJobRow> {
  const row = await getUploadJob(context.db, folderId, jobId);
  if (!row) throw new LatchkeyError('upload_job_not_found');
  return row;
}

/** Waits until the job has ended, the time is up or the client has gone; at most `limits.longPollSeconds`. */
export async function pollJob(
  context: AppContext,
  folderId: string,
  jobId: string,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<UploadJobResult> {
  await mustGetJob(context, folderId, jobId);
  // By a clock that nobody sets: set back, the other one would hold the client for as long.
  const deadline = performance.now() + Math.min(timeoutSeconds, limits.longPollSeconds) * 1000;
  let left = deadline - performance.now();
  while (left > 0 && !signal.aborted && (await getUploadJobStatus(context.db, jobId)) === 'PENDING') {
    // A job may end on another node, whose events do not reach this process.
    await context.jobEvents.waitForFinish(jobId, Math.min(left, recheckMs), signal);
    left = deadline - performance.now();
  }
  return getJobResult(context, folderId, jobId);
}

async function getJobResult(context: AppContext, folderId: string, jobId: string): Promise<UploadJobResult> {
  const row = await mustGetJob(context, folderId, jobId);
  const errors = await listUnitErrors(context.db, jobId, -1, limits.jobErrorsInResult);
  return {
    ...toUploadJob(row, context.now()),
    itemsWithNames: row.status === 'PENDING' ? [] : await firstItems(context, row),
    unitErrors: errors.map(toUnitError),
  };
}

const created: ReadonlySet<UnitOutcome> = new Set(['created']);

async function firstItems(
  context: AppContext,
  job: UploadJobRow,
): Promise<UploadJobResult['itemsWithNames']> {
  if (job.units_done === 0) return [];
  const units = await listUnitResults(context, job, created, 0, limits.jobItemsInResult);
  const items = units.flatMap(({ itemUuid, title, furtherItems = [] }) => [
    { itemUuid, title },
    ...furtherItems,
  ]);
  return items
    .flatMap(({ itemUuid, title }) =>
      itemUuid !== null && title !== null ? [{ itemUuid, name: title }] : [],
    )
    .slice(0, limits.jobItemsInResult);
}

/** Cancels what is not registered yet; answers how many units that were. */
export async function cancelJob(context: AppContext, folderId: string, jobId: string): Promise<number> {
  const { status: before } = await mustGetJob(context, folderId, jobId);
  const cancelled = await endJob(context, jobId, 'CANCELLED', []);
  if (cancelled !== null) return cancelled;
  const { status, units_cancelled } = await mustGetJob(context, folderId, jobId);
  // Another cancel at the same moment, or the worker that found this one waiting, was faster.
  if (before === 'PENDING' && status === 'CANCELLED') return units_cancelled;
  throw new LatchkeyError('upload_job_finished');
}
