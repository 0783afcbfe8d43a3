import { ConnectionError } from './errors.js';

/**
 * The bytes of an answer as they come; the connection is closed when the reader leaves early.
 *
 * @throws ConnectionError when it breaks; the signal's reason when it was aborted.
 */
export async function* chunksOf(
  response: Response,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw signal?.aborted ? signal.reason : new ConnectionError(originOf(response.url), error);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Null for a path: it is one of the page's own server. */
export const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null);
