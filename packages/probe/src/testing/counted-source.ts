import type { ByteSource } from '../byte-source.js';

/** An object in memory that counts what is read of it. */
export interface CountedSource extends ByteSource {
  readonly reads: number;
  readonly bytesRead: number;
}

export function countedSource(bytes: Uint8Array): CountedSource {
  let reads = 0;
  let bytesRead = 0;
  return {
    get reads() {
      return reads;
    },
    get bytesRead() {
      return bytesRead;
    },
    size: async () => bytes.length,
    read: async (start, length) => {
      const piece = bytes.slice(start, start + length);
      reads += 1;
      bytesRead += piece.length;
      return piece;
    },
  };
}

/** As if `bytes` were followed by zeros up to `size`, which nobody holds: for what is read of large objects. */
export function paddedSource(bytes: Uint8Array, size: number): CountedSource {
  const head = countedSource(bytes);
  let reads = 0;
  let bytesRead = 0;
  return {
    get reads() {
      return reads;
    },
    get bytesRead() {
      return bytesRead;
    },
    size: async () => size,
    read: async (start, length) => {
      const piece = new Uint8Array(Math.max(0, Math.min(length, size - start)));
      piece.set(await head.read(start, piece.length));
      reads += 1;
      bytesRead += piece.length;
      return piece;
    },
  };
}
