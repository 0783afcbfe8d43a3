import type { ByteSource } from './byte-source.js';
import { ProbeError } from './probe-error.js';

/** The start of an object, and how long the whole is. */
export interface ObjectHead {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** The first bytes of an object, fewer than `length` only if it is shorter. Rejects with `empty` if it has none. */
export async function readHead(source: ByteSource, length: number): Promise<ObjectHead> {
  const bytes = await source.read(0, length);
  if (bytes.length === 0) throw new ProbeError('empty', 'The object is empty (0 bytes).');
  return { bytes, size: await source.size() };
}

/** The same head, read on to `length` bytes; what was read is not read again. */
export async function growHead(source: ByteSource, head: ObjectHead, length: number): Promise<ObjectHead> {
  const { bytes, size } = head;
  const wanted = Math.min(length, size) - bytes.length;
  if (wanted <= 0) return head;
  const more = await source.read(bytes.length, wanted);
  if (more.length < wanted)
    throw new ProbeError(
      'truncated',
      `The object has ${size} bytes, but only ${bytes.length + more.length} came.`,
    );
  const grown = new Uint8Array(bytes.length + more.length);
  grown.set(bytes);
  grown.set(more, bytes.length);
  return { bytes: grown, size };
}

export function isWhole({ bytes, size }: ObjectHead): boolean {
  return bytes.length >= size;
}
