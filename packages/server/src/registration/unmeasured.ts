import { errorCatalogue } from '@latchkey/contract/errors';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { type MeasurableObject, objectsOf } from '@latchkey/manifest/measure/unit-objects';
import { seriesProblem } from '@latchkey/manifest/read/dicom-series';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { ProbeErrorCode } from '@latchkey/probe/probe-error';
import type { ProbeKind } from '@latchkey/probe/probe-kind';
import { measureErrorCodes } from '@latchkey/probe/unit-error-code';
import { toStorableValue } from '../http/stored-text.js';
import type { UnitFault } from './unit-errors.js';

/** A row of the part whose unit lacks media metadata: its objects that do, in their order. */
export interface UnmeasuredRow {
  readonly row: number;
  readonly objects: readonly { readonly kind: ProbeKind; readonly url: string }[];
}

/** One entry an object of the `UnmeasuredRow`, or which of them failed first. */
export type MeasuredRow =
  | { readonly ok: true; readonly metadata: readonly MediaMetadata[] }
  | { readonly ok: false; readonly object: number; readonly code: ProbeErrorCode; readonly message: string };
export type MeasuredRows = ReadonlyMap<number, MeasuredRow>;

/** Null: nothing of the unit has to be measured. */
export function toUnmeasuredRow(unit: Unit, row: number): UnmeasuredRow | null {
  // Most units have metadata, and cost no more than this look.
  if (unit.mediaMetadata !== null) return null;
  const objects = objectsWithoutMetadata(unit).map(({ kind, objectUrl }) => ({ kind, url: objectUrl }));
  return objects.length === 0 ? null : { row, objects };
}

const objectsWithoutMetadata = (unit: Unit): MeasurableObject[] =>
  objectsOf(unit).filter(({ metadata }) => metadata === null);

/** Gives the unit what was measured of it; answers why it cannot be registered, or which of its objects were measured. */
export function applyMeasured(
  unit: Unit,
  measured: MeasuredRow,
): { readonly fault: UnitFault } | { readonly objects: ReadonlySet<object> } {
  const objects = objectsWithoutMetadata(unit);
  if (!measured.ok) return { fault: toFault(unit, objects[measured.object], measured) };
  const changed = objects.map(({ member }, index) => {
    const object = member === null ? unit : (unit.members[member] ?? unit);
    object.mediaMetadata = toStorableValue(measured.metadata[index] ?? null);
    return object;
  });
  const problem = unit.kind === 'dicomSeries' ? seriesProblem(unit.members) : null;
  if (!problem) return { objects: new Set(changed) };
  const { hint } = errorCatalogue[problem.code];
  return { fault: { ...placeOf(unit), hint, objectUrl: null, field: null, ...problem } };
}

const placeOf = ({
  kind,
  element,
  line,
  title,
}: Unit): Pick<UnitFault, 'kind' | 'element' | 'line' | 'title' | 'column'> => ({
  kind,
  element,
  line,
  title,
  column: null,
});

function toFault(
  unit: Unit,
  object: MeasurableObject | undefined,
  { code: probeCode, message }: MeasuredRow & { ok: false },
): UnitFault {
  const code = measureErrorCodes[probeCode];
  const member = object?.member ?? null;
  const place = object?.field ?? (member === null ? null : `Member ${member + 1} of ${unit.members.length}`);
  return {
    ...placeOf(unit),
    code,
    message: place === null ? message : `${place}: ${message}`,
    hint: errorCatalogue[code].hint,
    field: object?.field ?? (member === null ? 'objectUrl' : null),
    objectUrl: object?.objectUrl ?? null,
  };
}
