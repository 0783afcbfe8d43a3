import { Inflate } from 'fflate';
import { ProbeError } from '../probe-error.js';
import { BytesMissing } from './encoded-bytes.js';

/** What is unpacked to find the pixels. A few KiB can unpack to a thousand times their size. */
export const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 16 * 1024;

/** What the start of a deflated data set unpacks to. `isWhole`: `packed` is all of it. */
export function inflateHead(packed: Uint8Array, isWhole: boolean): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  for (let at = 0; at < packed.length && length < MAX_INFLATED_BYTES; at += PIECE_BYTES)
    push(inflate, packed.slice(at, at + PIECE_BYTES), isWhole && at + PIECE_BYTES >= packed.length);
  const inflated = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    inflated.set(piece, at);
    at += piece.length;
  }
  return inflated;
}

function push(inflate: Inflate, piece: Uint8Array, isLast: boolean): void {
  try {
    inflate.push(piece, isLast);
  } catch (cause) {
    // fflate says "unexpected EOF" where the stream goes on.
    if (isLast && cause instanceof Error && /unexpected EOF/i.test(cause.message)) throw new BytesMissing(0);
    throw new ProbeError('corrupt', 'The deflated DICOM data set is damaged.', { cause });
  }
}
