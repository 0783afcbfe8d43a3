import { setTimeout as delay } from 'node:timers/promises';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { getUploadJob } from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';
import { toUploadJob } from './to-upload-job.js';

/** A job that moves on another node is seen after this long. */
const recheckMs = 1000;
/** No event comes sooner after the one before. */
const pauseMs = 250;
/** The client comes back, and its permission is checked anew. */
const followMs = 5 * 60_000;

/** The job now, and whenever it has moved on, until it has finished, is gone, or the signal aborts. */
export async function* followJob(
  context: AppContext,
  folderId: string,
  jobId: string,
  signal: AbortSignal,
): AsyncGenerator<UploadJob> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(followMs)]);
  let sent = '';
  while (!until.aborted) {
    const row = await getUploadJob(context.db, folderId, jobId);
    if (!row) return;
    const job = toUploadJob(row, context.now());
    const state = JSON.stringify({ ...job, unitsPerSecond: null, secondsLeft: null });
    if (state !== sent) yield job;
    sent = state;
    if (job.status !== 'PENDING') return;
    await delay(pauseMs, undefined, { signal: until }).catch(() => undefined);
    await context.jobEvents.waitForMove(jobId, recheckMs, until);
  }
}
