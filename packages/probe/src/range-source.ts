import type { ByteSource } from './byte-source.js';
import { Deadline } from './deadline.js';
import type { FetchRange, RangeAnswer } from './fetch-range.js';
import { ProbeError } from './probe-error.js';
import { refuseStatus } from './range-status.js';

export interface RangeSourceOptions {
  /** Of one object, what was fetched twice counted twice. */
  readonly maxBytes?: number;
  /** Of the whole measurement, from the first read on. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export const defaultMaxBytes = 16 * 2 ** 20;
export const defaultTimeoutMs = 10_000;
const pageBytes = 64 * 1024;
/** A storage without ranges is put up with for objects that are whole within this. */
const wholeBytes = 2 ** 20;

/** One object behind HTTP: pages of 64 KiB, each fetched once, neighbours in one request, within the caps. */
export class RangeSource implements ByteSource {
  readonly #fetchRange: FetchRange;
  readonly #maxBytes: number;
  readonly #deadline: Deadline;
  readonly #pages = new Map<number, Promise<Uint8Array>>();
  #opened: Promise<unknown> | null = null;
  #size = -1;
  #contentType: string | null = null;
  #bytes = 0;
  #requests = 0;

  constructor(fetchRange: FetchRange, options: RangeSourceOptions = {}) {
    this.#fetchRange = fetchRange;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
    this.#deadline = new Deadline(options.timeoutMs ?? defaultTimeoutMs, options.signal);
  }

  /** What the storage was asked for so far. */
  get fetched(): { readonly bytes: number; readonly requests: number } {
    return { bytes: this.#bytes, requests: this.#requests };
  }

  async size(): Promise<number> {
    await this.#open(1);
    return this.#size;
  }

  async contentType(): Promise<string | null> {
    await this.#open(1);
    return this.#contentType;
  }

  async read(start: number, length: number): Promise<Uint8Array> {
    await this.#open(start === 0 ? length : 1);
    const end = Math.min(start + length, this.#size);
    if (end <= start) return new Uint8Array(0);
    const first = Math.floor(start / pageBytes);
    const last = Math.floor((end - 1) / pageBytes);
    this.#request(first, last);
    const out = new Uint8Array(end - start);
    for (let page = first; page <= last; page += 1) {
      const bytes = (await this.#pages.get(page)) ?? new Uint8Array(0);
      const from = Math.max(0, start - page * pageBytes);
      out.set(bytes.subarray(from, end - page * pageBytes), page * pageBytes + from - start);
    }
    return out;
  }

  /** Ends what is still asked for, and frees the pages. */
  close(): void {
    this.#deadline.close();
    this.#pages.clear();
  }

  /** The first request tells the size; it fetches as much as is wanted from the beginning. */
  #open(length: number): Promise<unknown> {
    this.#opened ??= this.#fetchRun(0, Math.ceil(Math.max(1, length) / pageBytes) - 1);
    return this.#opened;
  }

  /** Runs of pages that are missing become one request each. */
  #request(first: number, last: number): void {
    for (let page = first; page <= last; page += 1) {
      if (this.#pages.has(page)) continue;
      let end = page;
      while (end < last && !this.#pages.has(end + 1)) end += 1;
      // Whoever waits for a page hears of the failure; a run that nobody waits for any more must not end the process.
      this.#fetchRun(page, end).catch(() => undefined);
      page = end;
    }
  }

  #fetchRun(first: number, last: number): Promise<Uint8Array> {
    const start = first * pageBytes;
    const end = (last + 1) * pageBytes;
    const run = this.#fetch(start, this.#size < 0 ? end : Math.min(end, this.#size));
    for (let page = first; page <= last; page += 1) {
      const from = (page - first) * pageBytes;
      const part = run.then((bytes) => bytes.subarray(from, from + pageBytes));
      part.catch(() => undefined);
      this.#pages.set(page, part);
    }
    return run;
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    this.#deadline.start();
    const wanted = end - start;
    if (this.#bytes + wanted > this.#maxBytes) throw this.#tooManyBytes();
    // Counted before they come, so that reads side by side keep within the cap together.
    this.#bytes += wanted;
    this.#requests += 1;
    let got = 0;
    try {
      return await this.#deadline.race(async (signal) => {
        const answer = await this.#fetchRange(start, end - 1, signal);
        const bytes = await this.#accept(answer, start, wanted);
        got = bytes.length;
        return bytes;
      });
    } catch (error) {
      if (error instanceof ProbeError || (error instanceof Error && error.name === 'AbortError')) throw error;
      throw new ProbeError('unreachable', 'The connection to the storage broke off.', { cause: error });
    } finally {
      this.#bytes += got - wanted;
    }
  }

  async #accept(answer: RangeAnswer, start: number, wanted: number): Promise<Uint8Array> {
    if (answer.status === 416) return this.#acceptBehindEnd(answer, start);
    if (answer.status === 200) return this.#acceptWhole(answer, start);
    if (answer.status !== 206) return refuseStatus(answer);
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.contentRange ?? '');
    if (!range && answer.contentRange !== null)
      throw new ProbeError('no_ranges', 'The storage does not tell the size of the object.');
    const length = range ? Number(range[2]) - start + 1 : null;
    if (range && (Number(range[1]) !== start || (length ?? 0) > wanted))
      throw new ProbeError('storage_error', 'The storage answered another range than the one asked for.');
    const bytes = await readBody(answer, wanted);
    if (bytes === null || (length !== null && bytes.length !== length))
      throw new ProbeError('storage_error', 'The storage sent fewer or more bytes than it announced.');
    this.#settle(range ? Number(range[3]) : sizeWithoutHeader(bytes, start, wanted), answer);
    return bytes;
  }

  /** A range that begins behind the end: the object has no bytes, for no other read begins there. */
  async #acceptBehindEnd(answer: RangeAnswer, start: number): Promise<Uint8Array> {
    await drop(answer);
    const size = Number(/^bytes \*\/(\d+)$/.exec(answer.contentRange ?? '')?.[1] ?? 0);
    if (start > 0 || size > 0)
      throw new ProbeError('storage_error', 'The storage refused a range within the object (416).');
    this.#settle(0, answer);
    return new Uint8Array(0);
  }

  async #acceptWhole(answer: RangeAnswer, start: number): Promise<Uint8Array> {
    const announced = Number(answer.contentLength ?? 0);
    const limit = Math.min(wholeBytes, this.#maxBytes);
    const bytes = start > 0 || announced > limit ? await drop(answer) : await readBody(answer, limit);
    if (!bytes) {
      throw new ProbeError(
        'no_ranges',
        'The storage does not serve byte ranges (it answered 200 to one), and the object is too large to be read whole.',
      );
    }
    this.#settle(bytes.length, answer);
    for (let page = 0; page * pageBytes < bytes.length; page += 1)
      this.#pages.set(page, Promise.resolve(bytes.subarray(page * pageBytes, (page + 1) * pageBytes)));
    return bytes;
  }

  #settle(size: number, { contentType }: RangeAnswer): void {
    if (this.#size >= 0 && size !== this.#size)
      throw new ProbeError('storage_error', 'The object changed its size while it was read.');
    this.#size = size;
    this.#contentType ??= contentType;
  }

  #tooManyBytes(): ProbeError {
    const cap = this.#maxBytes.toLocaleString('en');
    return new ProbeError(
      'too_many_bytes',
      `More than ${cap} bytes of the object would have to be read to measure it.`,
    );
  }
}

/** Without `Content-Range` only the last range tells where the object ends. */
function sizeWithoutHeader(bytes: Uint8Array, start: number, wanted: number): number {
  if (bytes.length < wanted) return start + bytes.length;
  throw new ProbeError(
    'no_ranges',
    'The answer does not show Content-Range: the CORS rule of the storage has to expose it.',
  );
}

/** Null: there is more than `limit`, and the rest was left. */
async function readBody({ body }: RangeAnswer, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function drop({ body }: RangeAnswer): Promise<null> {
  await body[Symbol.asyncIterator]().return?.();
  return null;
}
