import { readStorageError, type StorageError } from './storage-error.js';

/** What a request for one byte of an object showed. */
export type ObjectAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string | null;
      /** Null also where the storage does not let the page see it. */
      readonly contentRange: string | null;
      readonly error: StorageError;
    }
  /** The storage answers, but the browser may not show the answer to the page. */
  | { readonly kind: 'hidden-answer' }
  | { readonly kind: 'no-answer' };

const timeout = 15_000;
const errorBodyBytes = 64 * 1024;

/**
 * Asks for the first byte in CORS mode, and where that fails once more without, to tell a missing CORS rule from a
 * storage that cannot be reached. Always GET: a URL that is signed for GET refuses HEAD.
 */
export async function askObject(
  url: string,
  fetchObject: typeof fetch,
  signal: AbortSignal,
): Promise<ObjectAnswer> {
  const stop = new AbortController();
  const options: RequestInit = {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([signal, stop.signal, AbortSignal.timeout(timeout)]),
  };
  try {
    const response = await fetchObject(url, { ...options, mode: 'cors', headers: { Range: 'bytes=0-0' } });
    return await readAnswer(response);
  } catch {
    return await askHidden(url, fetchObject, options);
  } finally {
    stop.abort();
  }
}

export async function readAnswer(response: Response): Promise<Extract<ObjectAnswer, { kind: 'answer' }>> {
  const text = response.ok ? '' : await readStart(response).catch(() => '');
  const error = readStorageError(text);
  return {
    kind: 'answer',
    status: response.status,
    contentType: response.headers.get('content-type'),
    contentRange: response.headers.get('content-range'),
    error: { ...error, region: error.region ?? response.headers.get('x-amz-bucket-region') },
  };
}

async function askHidden(
  url: string,
  fetchObject: typeof fetch,
  options: RequestInit,
): Promise<ObjectAnswer> {
  try {
    await fetchObject(url, { ...options, mode: 'no-cors' });
    return { kind: 'hidden-answer' };
  } catch {
    return { kind: 'no-answer' };
  }
}

async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < errorBodyBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  return text;
}
