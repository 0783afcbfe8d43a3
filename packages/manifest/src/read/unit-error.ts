import { errorCatalogue } from '@latchkey/contract/errors';
import type { UnitKind } from '@latchkey/contract/kinds';
import type { ManifestLimits } from '@latchkey/contract/limits';
import type { Place } from '../scan/place.js';
import { isObject, type UnitProblem, type UnitResult } from './unit.js';
import { sortFields } from './unit-fields.js';

interface UnitPlace {
  kind: UnitKind | null;
  element: number;
  place: Place;
}

/** The error of one unit, with what is known of the unit that was given. */
export function failedUnit(
  problem: UnitProblem,
  value: unknown,
  at: UnitPlace,
  limits: ManifestLimits,
): UnitResult {
  const given = isObject(value) ? sortFields(value) : {};
  const { line, column } = problem.place ?? at.place;
  return {
    ok: false,
    error: {
      code: problem.code,
      message: problem.message,
      hint: problem.hint ?? errorCatalogue[problem.code].hint,
      kind: at.kind,
      element: at.element,
      line,
      column,
      field: problem.field ?? null,
      objectUrl: problem.objectUrl ?? (typeof given.objectUrl === 'string' ? given.objectUrl : null),
      title: typeof given.title === 'string' ? given.title.slice(0, limits.titleLength) : null,
    },
  };
}
