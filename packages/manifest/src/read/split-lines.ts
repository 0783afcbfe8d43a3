import { isBlankByte, NEWLINE } from '../scan/line-bytes.js';
import type { Place } from '../scan/place.js';

export interface SplitLines {
  /** Offsets in the slice, without the blanks around the unit. */
  starts: number[];
  ends: number[];
  places: Place[];
}

/** Finds the lines of NDJSON that are not blank: the same ones as the scanner of the whole file. */
export function splitLines(slice: Uint8Array, first: Place): SplitLines {
  const split: SplitLines = { starts: [], ends: [], places: [] };
  let { line } = first;
  let lineStart = 1 - first.column;
  while (lineStart < slice.length) {
    const newline = slice.indexOf(NEWLINE, Math.max(lineStart, 0));
    const lineEnd = newline < 0 ? slice.length : newline;
    let start = Math.max(lineStart, 0);
    let end = lineEnd;
    while (start < end && isBlankByte(slice[start] as number)) start++;
    while (end > start && isBlankByte(slice[end - 1] as number)) end--;
    if (start < end) {
      split.starts.push(start);
      split.ends.push(end);
      split.places.push({ line, column: start - lineStart + 1 });
    }
    lineStart = lineEnd + 1;
    line++;
  }
  return split;
}
