import type { FetchRange } from './fetch-range.js';
import { ProbeError } from './probe-error.js';

/**
 * Ranges of a URL by `fetch`: in a browser, or in Node for URLs that are trusted. A GET in CORS mode with a plain
 * `Range`, which needs no preflight; never HEAD, which a URL that is signed for GET refuses.
 */
export function fetchRanges(url: string, fetcher: typeof fetch = fetch): FetchRange {
  return async (start, endInclusive, signal) => {
    const response = await fetcher(url, {
      headers: { Range: `bytes=${start}-${endInclusive}` },
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new ProbeError(
        'unreachable',
        'No answer from the storage: it is unreachable, or its CORS rule does not allow this origin.',
        { cause: error },
      );
    });
    return {
      status: response.status,
      contentRange: response.headers.get('content-range'),
      contentLength: response.headers.get('content-length'),
      contentType: response.headers.get('content-type'),
      body: chunksOf(response.body),
    };
  };
}

// Not every browser can iterate a ReadableStream. A generator would not do: returned from before its first step, it
// would leave the stream open.
function chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const reader = stream?.getReader();
      return {
        async next() {
          const part = await reader?.read();
          return part && !part.done ? part : { done: true, value: undefined };
        },
        async return() {
          // An error of the stream was thrown by `next`; cancelling it tells nothing new.
          await reader?.cancel().catch(() => undefined);
          return { done: true, value: undefined };
        },
      };
    },
  };
}
