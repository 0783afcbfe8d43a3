import { LatchkeyError } from '@latchkey/contract/errors';
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

const elementsAtOnce = 128;

/** The values of the elements, parsed some at a time. */
export function* parseElements(slice: Uint8Array, split: SplitElements): Generator<unknown> {
  const bytes = blankCommas(slice, split.trailingCommas);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  // One character outside Latin-1 makes a whole decoded string twice as wide and slow to parse: decode one by one.
  const step = split.isAscii ? elementsAtOnce : 1;
  for (let from = 0; from < split.starts.length; from += step) {
    const to = Math.min(from + step, split.starts.length);
    const text = decoder.decode(bytes.subarray(split.starts[from], split.ends[to - 1]));
    const values = JSON.parse(`[${text}]`) as unknown[];
    if (values.length !== to - from)
      throw new LatchkeyError(
        'internal_error',
        'The parser and the scanner found different numbers of elements.',
      );
    yield* values;
  }
}

/** The slice with spaces in place of the commas at these offsets. */
export function blankCommas(slice: Uint8Array, offsets: readonly number[]): Uint8Array {
  if (offsets.length === 0) return slice;
  const copy = slice.slice();
  for (const offset of offsets) copy[offset] = 0x20;
  return copy;
}
