import { LatchkeyError } from '@latchkey/contract/errors';
import { type JsonEvents, JsonScanner } from '../scan/json-scanner.js';
import { malformed } from '../scan/malformed.js';
import type { Place } from '../scan/place.js';
import { MAX_DEPTH } from '../scan/scan-state.js';
import { UnitRefusal } from './unit.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The value of one line of NDJSON. Throws `UnitRefusal`. */
export function parseLine(bytes: Uint8Array, place: Place): unknown {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    if (!isDeeper(value, MAX_DEPTH)) return value;
  } catch {
    // The scanner below says what is wrong, and where.
  }
  throw lineRefusal(bytes, place);
}

/** What reads values later may not be led too deep. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

const events: JsonEvents = {
  watchedDepth: -1,
  readDepth: -1,
  onKey: () => {},
  onStart: () => {},
  onEnd: () => {},
  onTrailingComma: (_offset, place) => {
    throw malformed(place, 'there is a comma before a closing bracket', 'Remove the comma.');
  },
};

function lineRefusal(bytes: Uint8Array, start: Place): UnitRefusal {
  try {
    const scanner = new JsonScanner(events, start);
    scanner.push(bytes);
    scanner.end();
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    const column = Number(error.details?.['column'] ?? start.column);
    return new UnitRefusal({
      code: 'unit_malformed',
      message: error.message,
      place: { line: start.line, column },
    });
  }
  return new UnitRefusal({ code: 'unit_malformed', message: 'The line is not valid JSON.' });
}
