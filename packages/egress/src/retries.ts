import { setTimeout as delay } from 'node:timers/promises';
import { EgressError } from './egress-error.js';

/** What is tried again: the host may be better off in a moment. */
const retriedStatuses: readonly number[] = [429, 500, 502, 503, 504];
const retriedCodes: readonly string[] = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
];

export interface RetryOptions {
  /** Waits before the second and each further attempt. */
  readonly delaysMs: readonly number[];
  /** A host that asks for a longer pause is not asked again. */
  readonly longestPauseMs: number;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** Makes a request until it has an answer that stands. */
export async function withRetries<Result extends Answer>(
  { delaysMs, longestPauseMs }: RetryOptions,
  request: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (const delayMs of delaysMs) {
    const outcome = await request().catch((error: unknown) => {
      if (isRetried(error)) return null;
      throw error;
    });
    if (outcome && !retriedStatuses.includes(outcome.status)) return outcome;
    const pauseMs = Math.max(jittered(delayMs), pauseOf(outcome?.retryAfter ?? null));
    if (outcome && pauseMs > longestPauseMs) return outcome;
    await delay(pauseMs, undefined, { signal });
  }
  return request();
}

const isRetried = (error: unknown): boolean =>
  error instanceof EgressError && error.code === 'unreachable' && retriedCodes.includes(codeOf(error.cause));

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** So that requests that failed together do not come back together. */
const jittered = (ms: number): number => ms * (0.5 + Math.random() / 2);

/** Milliseconds of `Retry-After`, which is a number of seconds or a date. */
export function pauseOf(retryAfter: string | null): number {
  if (retryAfter === null) return 0;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
