import type { ByteSource } from './byte-source.js';

/** Bytes that are at hand: a `Blob`, a file that a user chose, or an array. They need no caps. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: async () => blob.size,
    read: async (start, length) => new Uint8Array(await blob.slice(start, start + length).arrayBuffer()),
    contentType: async () => blob.type || null,
  };
}

export function bytesSource(bytes: Uint8Array, contentType: string | null = null): ByteSource {
  return {
    size: async () => bytes.length,
    read: async (start, length) => bytes.slice(start, start + length),
    contentType: async () => contentType,
  };
}
