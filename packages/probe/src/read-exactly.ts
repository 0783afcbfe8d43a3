import type { ByteSource } from './byte-source.js';
import { ProbeError } from './probe-error.js';

/** A view of `length` bytes, for headers that have to be there as a whole. */
export async function readExactly(source: ByteSource, start: number, length: number): Promise<DataView> {
  const bytes = await source.read(start, length);
  if (bytes.length < length)
    throw new ProbeError(
      'truncated',
      `The object ends after ${await source.size()} bytes, within its header.`,
    );
  return viewOf(bytes);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Four characters as they stand in the names of boxes and chunks; other than ASCII they are not. */
export function readName(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}
