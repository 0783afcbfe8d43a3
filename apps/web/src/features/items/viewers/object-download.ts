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

interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

const firstBytes = 256 * 1024;

/** A whole object in memory. When a download broke off, the next one goes on behind its last byte, also by another URL. */
export class ObjectDownload {
  readonly #fetchObject: typeof fetch;
  #bytes = new Uint8Array(0);
  #received = 0;
  #total: number | null = null;
  #tag: string | null = null;

  constructor(fetchObject: typeof fetch = fetch) {
    this.#fetchObject = fetchObject;
  }

  /** @throws {RefusedDownload} when the storage refuses; the error of `fetch` when it does not answer or breaks off */
  async run(url: string, { signal, onProgress }: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#open(url, signal);
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      this.#append(value);
      onProgress?.({ receivedBytes: this.#received, totalBytes: this.#total });
    }
    return this.#bytes.length === this.#received ? this.#bytes : this.#bytes.slice(0, this.#received);
  }

  async #open(url: string, signal: AbortSignal): Promise<Response> {
    const isRest = this.#received > 0;
    // Called as a function: browsers refuse "fetch" as the method of anything but the window.
    const fetchObject = this.#fetchObject;
    const response = await fetchObject(url, {
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal,
      ...(isRest && { headers: { Range: `bytes=${this.#received}-` } }),
    });
    if (isRest && (response.status === 416 || (response.status === 206 && !this.#isSameObject(response)))) {
      await response.body?.cancel();
      this.#received = 0;
      return this.#open(url, signal);
    }
    if (!response.ok) throw new RefusedDownload(response.status);
    if (response.status !== 206) this.#begin(response);
    return response;
  }

  /** A storage that shows no ETag and no range to the page is taken at its word. */
  #isSameObject(response: Response): boolean {
    const tag = response.headers.get('etag');
    const range = response.headers.get('content-range');
    const isRest = range === null || range.startsWith(`bytes ${this.#received}-`);
    return isRest && (tag === null || this.#tag === null || tag === this.#tag);
  }

  #begin(response: Response): void {
    const length = response.headers.get('content-length');
    this.#total = length === null || response.headers.has('content-encoding') ? null : Number(length);
    this.#tag = response.headers.get('etag');
    this.#received = 0;
    this.#bytes = new Uint8Array(this.#total ?? firstBytes);
  }

  #append(part: Uint8Array): void {
    const end = this.#received + part.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#received));
      this.#bytes = larger;
    }
    this.#bytes.set(part, this.#received);
    this.#received = end;
  }
}
