import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { ManifestPart } from '../scan/outline.js';
import { PartWarnings } from './part-warnings.js';
import { parseElements, splitElements } from './split-elements.js';
import { hasUnicodeEscapes } from './storable-text.js';
import type { UnitResult, UnitRules } from './unit.js';
import { UnitReader } from './unit-reader.js';

export type PartPlace = Pick<ManifestPart, 'kind' | 'firstElement' | 'firstLine' | 'firstColumn'>;

export interface PartResult {
  /** One for each element, in their order. */
  results: UnitResult[];
  /** Each unknown key once. */
  warnings: ManifestWarning[];
}

/**
 * Reads the elements of one part: `slice` goes from the first byte of the first to the byte behind the last. Throws
 * `malformed_json` only if `slice` is not what the scanner found.
 */
export function readPart(slice: Uint8Array, part: PartPlace, rules: UnitRules): PartResult {
  const split = splitElements(slice, { line: part.firstLine, column: part.firstColumn });
  const values = parseElements(slice, split);
  if (values.length !== split.starts.length)
    throw new LatchkeyError(
      'internal_error',
      'The parser and the scanner found different numbers of elements.',
    );
  const warnings = new PartWarnings(part.kind);
  const reader = new UnitReader(part.kind, rules, warnings, hasUnicodeEscapes(slice));
  const results = split.places.map((place, index) => {
    const element = part.firstElement + index;
    const bytes = (split.ends[index] as number) - (split.starts[index] as number);
    if (bytes <= limits.manifestElementBytes) return reader.read(values[index], element, place);
    const message = `The element has ${bytes} bytes; at most ${limits.manifestElementBytes} are allowed.`;
    return reader.failed({ code: 'unit_too_large', message }, values[index], element, place);
  });
  return { results, warnings: warnings.list };
}
