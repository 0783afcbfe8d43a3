import { type JsonEvents, JsonScanner } from '../scan/json-scanner.js';
import type { Place } from '../scan/place.js';

export interface SplitElements {
  /** Offsets in the slice. */
  starts: number[];
  ends: number[];
  places: Place[];
  /** Offsets of the commas before closing brackets. */
  trailingCommas: number[];
  isAscii: boolean;
}

const OPEN = Uint8Array.of(0x5b);
const CLOSE = Uint8Array.of(0x5d);

/** Finds the elements in a run `element, element, ...`. Throws `malformed_json`. */
export function splitElements(slice: Uint8Array, first: Place): SplitElements {
  const split: SplitElements = { starts: [], ends: [], places: [], trailingCommas: [], isAscii: true };
  const events: JsonEvents = {
    watchedDepth: 1,
    readDepth: -1,
    onKey: () => {},
    onStart: (depth, _type, offset, place) => {
      if (depth === 0) return;
      split.starts.push(offset - OPEN.length);
      split.places.push(place);
    },
    onEnd: (depth, _value, endOffset) => {
      if (depth === 1) split.ends.push(endOffset - OPEN.length);
    },
    onTrailingComma: (offset) => split.trailingCommas.push(offset - OPEN.length),
  };
  const scanner = new JsonScanner(events, { line: first.line, column: first.column - 1 });
  scanner.push(OPEN);
  scanner.push(slice);
  scanner.push(CLOSE);
  scanner.end();
  split.isAscii = scanner.continuationsSeen === 0;
  return split;
}

/** The values of the elements. */
export function parseElements(slice: Uint8Array, split: SplitElements): unknown[] {
  const bytes = split.trailingCommas.length === 0 ? slice : blank(slice, split.trailingCommas);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  if (split.isAscii) return JSON.parse(`[${decoder.decode(bytes)}]`) as unknown[];
  // One character outside Latin-1 makes a whole decoded string twice as wide and slow to parse: decode one by one.
  return split.starts.map((start, index): unknown =>
    JSON.parse(decoder.decode(bytes.subarray(start, split.ends[index]))),
  );
}

function blank(slice: Uint8Array, offsets: readonly number[]): Uint8Array {
  const copy = slice.slice();
  for (const offset of offsets) copy[offset] = 0x20;
  return copy;
}
