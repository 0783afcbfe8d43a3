const calm = 60_000;

/**
 * After a failure the item is asked for once more: its URL may have expired meanwhile and there may be a newer one.
 * A second failure within a minute is not an expiry, so it is shown; unless it is that of a signer's URL whose time is
 * over (`freshUntil`), which may be short. Times in milliseconds.
 */
export const mayRetry = (
  lastRetryAt: number | null,
  now: number,
  freshUntil: number | null = null,
): boolean => lastRetryAt === null || now - lastRetryAt > calm || (freshUntil !== null && now >= freshUntil);
