/** What has arrived of an object; kept between attempts, so that the next one goes on where the last one broke off. */
export interface Arrived {
  parts: Uint8Array[];
  byteCount: number;
  /** Bytes of the whole object, once the storage told. */
  total: number | null;
}

export const nothingArrived = (): Arrived => ({ parts: [], byteCount: 0, total: null });

/** The object is larger than the viewer takes; not a failure of the storage. */
export class ObjectTooLarge extends Error {
  override readonly name = 'ObjectTooLarge';
  readonly byteCount: number;
  constructor(byteCount: number) {
    super(`The object has ${byteCount} bytes.`);
    this.byteCount = byteCount;
  }
}

export interface DownloadOptions {
  readonly fetchObject: typeof fetch;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** After each part, as it arrives. What it throws ends the download. */
  readonly onPart: (arrived: Arrived, part: Uint8Array) => void | Promise<void>;
}

/**
 * Reads the rest of an object into `arrived`. With `keepParts` false the parts are only handed on.
 *
 * @throws when the storage refuses or breaks off; `ObjectTooLarge`
 */
export async function downloadObject(
  url: string,
  arrived: Arrived,
  { fetchObject, signal, maxBytes, onPart }: DownloadOptions,
  keepParts = true,
): Promise<void> {
  const from = arrived.byteCount;
  const response = await fetchObject(url, {
    mode: 'cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
    // A simple range, which needs no preflight.
    ...(from > 0 && { headers: { Range: `bytes=${from}-` } }),
  });
  // The object ends where the last attempt broke off.
  if (response.status === 416 && from > 0) return;
  if (!response.ok) throw new Error(`The storage answered ${response.status}.`);
  arrived.total ??= totalOf(response);
  if (arrived.total !== null && arrived.total > maxBytes) throw new ObjectTooLarge(arrived.total);
  // A storage that ignores ranges sends the object from its start.
  let skip = response.status === 206 ? 0 : from;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(Math.min(skip, value.length));
    skip -= value.length - part.length;
    if (part.length === 0) continue;
    if (keepParts) arrived.parts.push(part);
    arrived.byteCount += part.length;
    if (arrived.byteCount > maxBytes) throw new ObjectTooLarge(arrived.byteCount);
    await onPart(arrived, part);
  }
}

function totalOf(response: Response): number | null {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  // The length of a packed answer is not that of the object.
  const isPacked = response.headers.has('content-encoding');
  const length = response.status === 200 && !isPacked ? response.headers.get('content-length') : null;
  const total = range ?? length;
  return total === null || total === undefined ? null : Number(total);
}

export function joined({ parts, byteCount }: Arrived): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(byteCount);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
