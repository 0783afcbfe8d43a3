import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError } from './errors.js';

/** SQLSTATEs after which the same transaction may succeed when it is run again. */
const RETRYABLE_SQL_STATES: ReadonlySet<string> = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
]);

const MAX_ATTEMPTS = 5;
const FIRST_DELAY_MS = 10;

export function isRetryable(error: unknown): boolean {
  return (
    error instanceof DatabaseError && error.sqlState !== undefined && RETRYABLE_SQL_STATES.has(error.sqlState)
  );
}

/** Runs `work` again after a retryable failure, with growing and random pauses so that two rivals part. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRetryable(error)) throw error;
      await delay(FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}
