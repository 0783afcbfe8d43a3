export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Null while nobody has said it. */
  readonly totalBytes: number | null;
}

/** The storage answered, but not with the object. */
export class RefusedDownload extends Error {
  override readonly name = 'RefusedDownload';
  readonly status: number;
  constructor(status: number) {
    super(`The storage answered ${status}.`);
    this.status = status;
  }
}

/** The object is larger than the viewer takes; not a failure of the storage. */
export class ObjectTooLarge extends Error {
  override readonly name = 'ObjectTooLarge';
  readonly byteCount: number;
  constructor(byteCount: number) {
    super(`The object has ${byteCount} bytes.`);
    this.byteCount = byteCount;
  }
}

interface ObjectDownloadOptions {
  readonly fetchObject?: typeof fetch;
  readonly maxBytes?: number;
  /** False where the parts are only handed on: then `run` answers with no bytes. */
  readonly keepsBytes?: boolean;
}

interface RunOptions {
  readonly signal: AbortSignal;
  /** After each part, as it arrives; the next one waits for it. What it throws ends the run. */
  readonly onPart?: (progress: DownloadProgress, part: Uint8Array) => void | Promise<void>;
  /** Before the first byte, also when what has arrived is of no use because the object is another one now. */
  readonly onBegin?: () => void;
}

const firstBytes = 256 * 1024;

/**
 * Downloads an object whole. When a run broke off, the next one goes on behind its last byte, also by another URL.
 * A run that ends hands the bytes over, and the one after it begins anew.
 */
export class ObjectDownload {
  readonly #fetchObject: typeof fetch;
  readonly #maxBytes: number;
  readonly #keepsBytes: boolean;
  #bytes = new Uint8Array(0);
  #received = 0;
  #total: number | null = null;
  #tag: string | null = null;

  constructor({
    fetchObject = fetch,
    maxBytes = Number.POSITIVE_INFINITY,
    keepsBytes = true,
  }: ObjectDownloadOptions = {}) {
    this.#fetchObject = fetchObject;
    this.#maxBytes = maxBytes;
    this.#keepsBytes = keepsBytes;
  }

  /**
   * @throws {RefusedDownload} when the storage refuses; {ObjectTooLarge}; the error of `fetch` when the storage does
   * not answer or breaks off
   */
  async run(url: string, options: RunOptions): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#open(url, options);
    if (response.body) await this.#read(response.body.getReader(), options);
    return this.#handOver();
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>, { onPart }: RunOptions): Promise<void> {
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        this.#append(part.value);
        await onPart?.({ receivedBytes: this.#received, totalBytes: this.#total }, part.value);
      }
    } catch (error) {
      // Ends the transfer of what is not wanted; one that broke off by itself refuses, and has its own error.
      await reader.cancel().catch(() => undefined);
      throw error;
    }
  }

  async #open(url: string, options: RunOptions): Promise<Response> {
    const isRest = this.#received > 0;
    // Called as a function: browsers refuse "fetch" as the method of anything but the window.
    const fetchObject = this.#fetchObject;
    const response = await fetchObject(url, {
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: options.signal,
      // A simple range, which needs no preflight.
      ...(isRest && { headers: { Range: `bytes=${this.#received}-` } }),
    });
    // What was aborted must not change what the next run goes on with.
    options.signal.throwIfAborted();
    if (isRest && (response.status === 416 || (response.status === 206 && !this.#isSameObject(response)))) {
      await response.body?.cancel();
      this.#received = 0;
      return this.#open(url, options);
    }
    if (!response.ok) throw new RefusedDownload(response.status);
    // A storage that ignores ranges sends the object from its start.
    if (response.status !== 206) this.#begin(response, options);
    return response;
  }

  /** A storage that shows no ETag and no range to the page is taken at its word. */
  #isSameObject(response: Response): boolean {
    const tag = response.headers.get('etag');
    const range = response.headers.get('content-range');
    const isRest = range === null || range.startsWith(`bytes ${this.#received}-`);
    return isRest && (tag === null || this.#tag === null || tag === this.#tag);
  }

  #begin(response: Response, { onBegin }: RunOptions): void {
    // The length of a packed answer is not that of the object.
    const length = response.headers.get('content-length');
    this.#total = length === null || response.headers.has('content-encoding') ? null : Number(length);
    this.#tag = response.headers.get('etag');
    this.#received = 0;
    if (this.#total !== null) this.#refuseAbove(this.#total);
    this.#bytes = new Uint8Array(this.#keepsBytes ? (this.#total ?? firstBytes) : 0);
    onBegin?.();
  }

  #append(part: Uint8Array): void {
    const end = this.#received + part.length;
    this.#refuseAbove(end);
    if (this.#keepsBytes) {
      if (end > this.#bytes.length) {
        const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
        larger.set(this.#bytes.subarray(0, this.#received));
        this.#bytes = larger;
      }
      this.#bytes.set(part, this.#received);
    }
    this.#received = end;
  }

  #refuseAbove(byteCount: number): void {
    if (byteCount > this.#maxBytes) throw new ObjectTooLarge(byteCount);
  }

  #handOver(): Uint8Array<ArrayBuffer> {
    const whole = this.#keepsBytes ? this.#bytes : new Uint8Array(0);
    const received = this.#received;
    this.#bytes = new Uint8Array(0);
    this.#received = 0;
    return whole.length > received ? whole.slice(0, received) : whole;
  }
}
