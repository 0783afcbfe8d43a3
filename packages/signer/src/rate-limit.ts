import type { SignerLimits } from './config.js';
import { RequestRefusal } from './signer-error.js';

interface Window {
  readonly startedAt: number;
  requests: number;
  objects: number;
}

const windowMs = 60_000;
const sweepAbove = 10_000;

/** Counts what each user asks for within a minute. Throws `RequestRefusal` with `rate_limited`. */
export function createRateLimit(
  limits: Pick<SignerLimits, 'requestsPerMinute' | 'objectsPerMinute'>,
  now: () => number,
): (userId: string, objectCount: number) => void {
  const windows = new Map<string, Window>();
  return (userId, objectCount) => {
    const at = now();
    if (windows.size > sweepAbove)
      for (const [user, { startedAt }] of windows) if (at - startedAt >= windowMs) windows.delete(user);
    const known = windows.get(userId);
    const window =
      known && at - known.startedAt < windowMs ? known : { startedAt: at, requests: 0, objects: 0 };
    windows.set(userId, window);
    window.requests += 1;
    window.objects += objectCount;
    if (window.requests <= limits.requestsPerMinute && window.objects <= limits.objectsPerMinute) return;
    const seconds = Math.max(1, Math.ceil((window.startedAt + windowMs - at) / 1000));
    throw new RequestRefusal(
      429,
      'rate_limited',
      `You may ask for ${limits.objectsPerMinute} objects in ${limits.requestsPerMinute} requests a minute. Try again in ${seconds} s.`,
      { 'retry-after': String(seconds) },
    );
  };
}
