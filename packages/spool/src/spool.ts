/** Where manifests wait for the worker. A key is written once; the database remembers the keys. */
export interface Spool {
  /**
   * Resolves once the bytes are safe. After a failure nothing of them is left, as far as the place allows.
   * `bytes` may use the memory of a chunk again once the next one is asked for. What it throws is passed on.
   * @throws {LatchkeyError} `spool_full`, `spool_unavailable`
   */
  write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * Bytes from `start` up to, not including, `end`. They may lie in memory that `allocate` gave, or not.
   * @throws {SpoolMissingError} for a key that was not written to its end
   * @throws {SpoolRangeError} for bytes beyond the end
   * @throws {LatchkeyError} `spool_unavailable`
   */
  read(key: string, start: number, end: number, allocate?: Allocate): Promise<Buffer>;
  /** Removes what there is under the key, complete or not; does nothing if there is nothing. */
  remove(key: string): Promise<void>;
  /** Resolves if manifests can be written and read now. */
  check(): Promise<void>;
}

/** Answers exactly as many bytes, whatever they hold. */
export type Allocate = (bytes: number) => Buffer;

export class SpoolMissingError extends Error {
  override readonly name = 'SpoolMissingError';

  constructor(key: string) {
    super(`The spool has no ${key}: it was removed or never written to its end.`);
  }
}

/** The bytes asked for lie beyond the end of the manifest. */
export class SpoolRangeError extends RangeError {
  override readonly name = 'SpoolRangeError';
  /** Bytes that there are. */
  readonly size: number;

  constructor(key: string, size: number) {
    super(`The spooled ${key} has ${size} bytes, fewer than asked for.`);
    this.size = size;
  }
}

/** The spooled bytes are not those that were written. */
export class SpoolDamagedError extends Error {
  override readonly name = 'SpoolDamagedError';

  constructor(key: string, what: string) {
    super(`The spooled ${key} is damaged: ${what}. Register the manifest again.`);
  }
}

/** Keys are ours: no user text becomes part of a path or a URL. */
export function checkKey(key: string): void {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.manifest$/.test(key)) return;
  throw new TypeError('A spool key has the form <uuid>.manifest, in lower case.');
}

export function checkRange(start: number, end: number): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && end >= start) return;
  throw new TypeError(`The range ${start} to ${end} is none: give 0 <= start <= end.`);
}
