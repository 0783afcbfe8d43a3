import type { Place } from '../scan/place.js';
import { canonicalKey } from './element-keys.js';
import { parseLine } from './parse-line.js';
import { rowProblemKey } from './row-problem.js';
import { splitLines } from './split-lines.js';
import { isObject, showJsonType, UnitRefusal, type UnitResult } from './unit.js';
import { failedUnit } from './unit-error.js';
import type { UnitReaders } from './unit-readers.js';
import { readUnitType } from './unit-types.js';

/** Reads lines of NDJSON, each by itself: one that is broken does not touch the others. */
export function visitLines(
  slice: Uint8Array,
  first: Place,
  firstElement: number,
  readers: UnitReaders,
  visit: (result: UnitResult, index: number) => void,
): void {
  const { starts, ends, places } = splitLines(slice, first);
  places.forEach((place, index) => {
    const bytes = slice.subarray(starts[index], ends[index]);
    visit(readLine(bytes, firstElement + index, place, readers), index);
  });
}

function readLine(bytes: Uint8Array, element: number, place: Place, readers: UnitReaders): UnitResult {
  let line: unknown;
  try {
    line = parseLine(bytes, place);
    if (!isObject(line))
      throw new UnitRefusal({
        code: 'unit_not_an_object',
        message: `Each line must be an object; found ${showJsonType(line)}.`,
      });
    const problem = line[rowProblemKey];
    if (typeof problem === 'string') throw new UnitRefusal({ code: 'unit_malformed', message: problem });
    const [type, unit] = takeType(line);
    return readers.of(readUnitType(type)).read(unit, element, place, bytes.length);
  } catch (error) {
    if (!(error instanceof UnitRefusal)) throw error;
    return failedUnit(error.problem, line, { kind: null, element, place }, readers.limits);
  }
}

/** What the line says its unit is, and the unit without it. */
function takeType(line: Record<string, unknown>): [unknown, Record<string, unknown>] {
  const key = 'type' in line ? 'type' : Object.keys(line).find((name) => canonicalKey(name) === 'type');
  if (key === undefined) return [undefined, line];
  const { [key]: type, ...unit } = line;
  return [type, unit];
}
