/** What a request for one byte of an object showed. */
export type Probe =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string | null;
      /** From the storage's XML error, which S3, GCS and Azure share. */
      readonly storageCode: string | null;
      readonly storageMessage: string | null;
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
export async function probeObject(
  url: string,
  fetchObject: typeof fetch,
  signal: AbortSignal,
): Promise<Probe> {
  const stop = new AbortController();
  const options: RequestInit = {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([signal, stop.signal, AbortSignal.timeout(timeout)]),
  };
  try {
    const response = await fetchObject(url, { ...options, mode: 'cors', headers: { Range: 'bytes=0-0' } });
    const text = response.ok ? '' : await readStart(response).catch(() => '');
    return {
      kind: 'answer',
      status: response.status,
      contentType: response.headers.get('content-type'),
      ...storageError(text),
    };
  } catch {
    return await probeHidden(url, fetchObject, options);
  } finally {
    stop.abort();
  }
}

async function probeHidden(url: string, fetchObject: typeof fetch, options: RequestInit): Promise<Probe> {
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

/** Code and message of an XML error; the other elements may repeat the signature and are not read. */
export function storageError(xml: string): { storageCode: string | null; storageMessage: string | null } {
  const element = (name: string) =>
    new RegExp(`<${name}>([^<]{1,2000})</${name}>`).exec(xml)?.[1]?.trim() ?? null;
  return { storageCode: element('Code'), storageMessage: element('Message')?.slice(0, 300) ?? null };
}
