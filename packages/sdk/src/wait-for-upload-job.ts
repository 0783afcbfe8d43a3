import { limits } from '@latchkey/contract/limits';
import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob, UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { ApiError, ConnectionError } from './errors.js';
import { followUploadJob } from './follow-upload-job.js';
import type { JobAddress } from './job-address.js';
import { delay } from './retry.js';
import type { Transport } from './transport.js';

export interface WaitOptions {
  /** How long to wait at most. Default: 7 days. */
  readonly timeoutSeconds?: number;
  /** Called when the job has moved on: as the server tells of it, or where its events do not get through, every second. */
  readonly onProgress?: (state: UploadJob) => void;
  readonly signal?: AbortSignal;
}

const weekSeconds = 7 * 24 * 60 * 60;
const progressSeconds = 1;
/** As the official client: broken connections in a row that are borne, and the pause after each. */
const connectionFailuresBorne = 2;
const pauseAfterFailureMs = 10_000;
/** The longest time of a timer, some 24 days. */
const longestTimerMs = 2 ** 31 - 1;

export async function waitForUploadJob(
  transport: Transport,
  params: JobAddress,
  options: WaitOptions,
): Promise<UploadJobResult> {
  const { signal, onProgress } = options;
  const deadline = performance.now() + (options.timeoutSeconds ?? weekSeconds) * 1000;
  const isAtEnd = onProgress !== undefined && (await tellProgress(transport, params, deadline, options));
  const roundSeconds = onProgress ? progressSeconds : limits.longPollSeconds;
  let failures = 0;
  for (;;) {
    const leftSeconds = Math.max(0, (deadline - performance.now()) / 1000);
    const timeoutSeconds = Math.min(leftSeconds, roundSeconds);
    try {
      const state = await transport.call(getUploadJob, { params, query: { timeoutSeconds }, signal });
      failures = 0;
      if (!isAtEnd) onProgress?.(state);
      if (state.status !== 'PENDING' || performance.now() >= deadline) return state;
    } catch (error) {
      failures += 1;
      if (!(error instanceof ConnectionError) || failures > connectionFailuresBorne) throw error;
      await delay(pauseAfterFailureMs, signal);
    }
  }
}

/** Follows the events of the job. False: they did not get through to its end, or the time is up. */
async function tellProgress(
  transport: Transport,
  params: JobAddress,
  deadline: number,
  { onProgress, signal }: WaitOptions,
): Promise<boolean> {
  const leftMs = Math.min(deadline - performance.now(), longestTimerMs);
  if (leftMs <= 0) return false;
  const timeUp = AbortSignal.timeout(Math.ceil(leftMs));
  const either = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
  try {
    for await (const job of followUploadJob(transport, params, { signal: either })) onProgress?.(job);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if (timeUp.aborted || error instanceof ApiError) return false;
    throw error;
  }
}
