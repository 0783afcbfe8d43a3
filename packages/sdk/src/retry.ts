import { ApiError } from './errors.js';

export interface RetryPolicy {
  /** How often a call is repeated after its first attempt. */
  readonly retries: number;
  /** Wait before the first repetition in milliseconds; it doubles each time, plus up to a quarter at random. */
  readonly delayMs: number;
  /** A `Retry-After` beyond this many seconds is left to the caller. */
  readonly maxRetryAfterSeconds: number;
}

const defaults: RetryPolicy = { retries: 3, delayMs: 500, maxRetryAfterSeconds: 60 };
/** 0: the connection failed. */
const retriedStatuses: ReadonlySet<number> = new Set([0, 429, 500, 502, 503]);

export async function withRetries<T>(
  attempt: () => Promise<T>,
  options: Partial<RetryPolicy> & { signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const policy = { ...defaults, ...options };
  for (let retry = 0; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = retry < policy.retries ? waitBeforeRetryMs(error, retry, policy) : undefined;
      if (wait === undefined) throw error;
      await delay(wait, options.signal);
    }
  }
}

function waitBeforeRetryMs(error: unknown, retry: number, policy: RetryPolicy): number | undefined {
  if (!(error instanceof ApiError) || !retriedStatuses.has(error.status)) return undefined;
  const { retryAfterSeconds } = error;
  if (retryAfterSeconds !== undefined)
    return retryAfterSeconds <= policy.maxRetryAfterSeconds ? retryAfterSeconds * 1000 : undefined;
  return policy.delayMs * 2 ** retry * (1 + Math.random() / 4);
}

/** Resolves after `ms`, or rejects with the signal's reason when it is aborted before. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
