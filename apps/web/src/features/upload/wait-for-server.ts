import { getLimits } from '@latchkey/contract/routes/limits';
import { ConnectionError } from '@latchkey/sdk/errors';
import { transport } from '../../lib/api.js';

const askAgainMs = 3000;

/** Waits until the server answers again, whatever it answers. Rejects once `signal` aborts. */
export async function waitForServer(signal: AbortSignal): Promise<void> {
  for (;;) {
    await pause(signal);
    try {
      await transport.call(getLimits, { signal });
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ConnectionError)) return;
    }
  }
}

/** A while, or until the browser says that it is online. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const ends = new AbortController();
    const timer = setTimeout(() => end(resolve), askAgainMs);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      ends.abort();
      settle();
    };
    window.addEventListener('online', () => end(resolve), { signal: ends.signal });
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { signal: ends.signal });
  });
}
