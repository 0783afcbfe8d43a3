export interface TextPart {
  readonly bytes: Uint8Array;
  /** The file ends with this part. */
  readonly isEnd: boolean;
}

/**
 * Reads up to `length` bytes from `offset`. A storage that ignores ranges sends the file from its start: then what
 * comes before is read over, and what comes after is not read.
 *
 * @throws when the storage refuses or does not answer
 */
export async function readTextPart(
  url: string,
  offset: number,
  length: number,
  { fetchObject, signal }: { fetchObject: typeof fetch; signal: AbortSignal },
): Promise<TextPart> {
  const response = await fetchObject(url, {
    mode: 'cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: { Range: `bytes=${offset}-${offset + length - 1}` },
    signal,
  });
  if (response.status === 416) return { bytes: new Uint8Array(), isEnd: true };
  if (!response.ok) throw new Error(`The storage answered ${response.status}.`);
  const skip = response.status === 206 ? 0 : offset;
  const part = await readSlice(response, skip, length);
  const total = totalOf(response.headers.get('content-range'));
  const isEnd =
    total === null ? part.isEnd || part.bytes.length < length : offset + part.bytes.length >= total;
  return { bytes: part.bytes, isEnd };
}

/** `bytes 0-99/1234` -> 1234; null when the header is not there or not exposed to the page. */
function totalOf(contentRange: string | null): number | null {
  const total = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

async function readSlice(response: Response, skip: number, length: number): Promise<TextPart> {
  const bytes = new Uint8Array(length);
  const reader = response.body?.getReader();
  let seen = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const from = Math.min(Math.max(skip - seen, 0), value.length);
    const to = Math.min(skip + length - seen, value.length);
    bytes.set(value.subarray(from, to), Math.max(seen - skip, 0));
    seen += value.length;
    if (seen > skip + length) {
      await reader.cancel();
      return { bytes, isEnd: false };
    }
  }
  // A range that is exactly full may be the end of the file or not: only the total can tell.
  const count = Math.max(seen - skip, 0);
  return { bytes: bytes.subarray(0, count), isEnd: response.status !== 206 };
}
