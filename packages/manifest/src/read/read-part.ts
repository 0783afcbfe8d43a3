import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { ManifestPart } from '../scan/outline.js';
import type { Place } from '../scan/place.js';
import { visitLines } from './read-lines.js';
import { parseElements, splitElements } from './split-elements.js';
import { hasUnicodeEscapes } from './storable-text.js';
import type { UnitResult, UnitRules } from './unit.js';
import type { UnitReader } from './unit-reader.js';
import { UnitReaders } from './unit-readers.js';

export type PartPlace = Pick<ManifestPart, 'kind' | 'firstElement' | 'firstLine' | 'firstColumn'>;

export interface PartResult {
  /** One for each element, in their order. */
  results: UnitResult[];
  /** Each unknown key once a kind. */
  warnings: ManifestWarning[];
}

/** As `visitPart`, with all results at once. */
export function readPart(slice: Uint8Array, part: PartPlace, rules: UnitRules): PartResult {
  const results: UnitResult[] = [];
  const warnings = visitPart(slice, part, rules, (result) => results.push(result));
  return { results, warnings };
}

/**
 * Reads the elements of one part: `slice` goes from the first byte of the first to the byte behind the last. `visit`
 * gets each in its order; one that it does not keep dies young, which is a fifth of the time. Answers the warnings,
 * each unknown key once a kind. Throws `malformed_json` only if `slice` is not what the scanner found.
 */
export function visitPart(
  slice: Uint8Array,
  part: PartPlace,
  rules: UnitRules,
  visit: (result: UnitResult, index: number) => void,
): ManifestWarning[] {
  const readers = new UnitReaders(rules, hasUnicodeEscapes(slice));
  const first = { line: part.firstLine, column: part.firstColumn };
  if (part.kind === null) visitLines(slice, first, part.firstElement, readers, visit);
  else visitElements(slice, first, part.firstElement, readers.of(part.kind), visit);
  return readers.warnings;
}

function visitElements(
  slice: Uint8Array,
  first: Place,
  firstElement: number,
  reader: UnitReader,
  visit: (result: UnitResult, index: number) => void,
): void {
  const split = splitElements(slice, first);
  let index = 0;
  for (const value of parseElements(slice, split)) {
    const bytes = (split.ends[index] as number) - (split.starts[index] as number);
    visit(reader.read(value, firstElement + index, split.places[index] as Place, bytes), index);
    index++;
  }
}
