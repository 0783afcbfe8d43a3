const calm = 60_000;

/**
 * After a failure the item is asked for once more: its URL may have expired meanwhile and there may be a newer one.
 * A second failure within a minute is not an expiry, so it is shown. Times in milliseconds.
 */
export const mayRetry = (lastRetryAt: number | null, now: number): boolean =>
  lastRetryAt === null || now - lastRetryAt > calm;
