/**
 * The bytes of one object, read piece by piece. Whoever makes one sets the caps of bytes and time; a read that goes
 * beyond them rejects with `ProbeError`.
 */
export interface ByteSource {
  /** Size of the whole object in bytes. May need a first read. */
  size(): Promise<number>;
  /** Bytes from `start`, fewer than `length` only where the object ends, none behind its end. */
  read(start: number, length: number): Promise<Uint8Array>;
  /** What the storage says of the type, as in the header `Content-Type`; null when it says nothing. */
  contentType?(): Promise<string | null>;
}
