import type { Caller } from '../context.js';
import type { AttemptLimiter } from './attempt-limiter.js';

/** For what a user confirms with a secret: failures are bounded by user, before it is known whether it is right. */
export async function confirmed<Result>(
  attempts: AttemptLimiter,
  { userId }: Caller,
  work: () => Promise<Result>,
): Promise<Result> {
  attempts.begin(userId);
  const result = await work();
  attempts.succeeded(userId);
  return result;
}
