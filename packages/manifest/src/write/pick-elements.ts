import { LatchkeyError } from '@latchkey/contract/errors';
import type { PartPlace } from '../read/read-part.js';
import { blankCommas, splitElements } from '../read/split-elements.js';
import { splitLines } from '../read/split-lines.js';

/**
 * The bytes of the elements with these indexes within the part, as given but for the commas before closing brackets,
 * which become spaces: not every reader takes them. The bytes are views of `slice` or of one copy of it.
 */
export function pickElements(slice: Uint8Array, part: PartPlace, indexes: readonly number[]): Uint8Array[] {
  const { bytes, starts, ends } = splitPart(slice, part);
  return indexes.map((index) => {
    const start = starts[index];
    const end = ends[index];
    if (start === undefined || end === undefined)
      throw new LatchkeyError('internal_error', `The part has no element ${index}; it has ${starts.length}.`);
    return bytes.subarray(start, end);
  });
}

/** Where the elements of a part are, and its bytes with spaces for the commas before closing brackets. */
export function splitPart(
  slice: Uint8Array,
  part: PartPlace,
): { bytes: Uint8Array; starts: readonly number[]; ends: readonly number[] } {
  const first = { line: part.firstLine, column: part.firstColumn };
  if (part.kind === null) return { bytes: slice, ...splitLines(slice, first) };
  const elements = splitElements(slice, first);
  return { bytes: blankCommas(slice, elements.trailingCommas), starts: elements.starts, ends: elements.ends };
}
