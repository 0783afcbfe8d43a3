import type { UnitKind } from '@latchkey/contract/kinds';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { NewUnitError } from '@latchkey/db/upload-jobs/writer';
import { locate } from '@latchkey/locator/locate';
import { splitSecret } from '@latchkey/locator/split-secret';
import { readPart as readUnits } from '@latchkey/manifest/read/read-part';
import type { Unit, UnitError, UnitRules } from '@latchkey/manifest/read/unit';
import { v7 as uuidv7 } from 'uuid';
import { toStorable } from '../http/stored-text.js';
import type { Spool } from './spool.js';
import { toStorableWarnings } from './storable-warnings.js';

export interface PartToRead {
  readonly firstPosition: number;
  readonly kind: string;
  readonly firstElement: number;
  readonly unitCount: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly firstLine: number;
  readonly firstColumn: number;
}

export interface ReadPart {
  readonly units: readonly { readonly unit: Unit; readonly position: number }[];
  readonly errors: readonly NewUnitError[];
  /** Unknown keys and the like, each once. */
  readonly warnings: readonly ManifestWarning[];
}

/** Slice of the spool -> units and unit errors, each with its position in the whole manifest. */
export async function readPartOf(
  spool: Spool,
  spoolKey: string,
  part: PartToRead,
  rules: UnitRules,
): Promise<ReadPart> {
  const slice = await spool.read(spoolKey, part.byteStart, part.byteEnd);
  const { firstElement, firstLine, firstColumn } = part;
  // The database holds only kinds that the scanner wrote.
  const { results, warnings } = readUnits(
    slice,
    { kind: part.kind as UnitKind, firstElement, firstLine, firstColumn },
    rules,
  );
  if (results.length !== part.unitCount)
    throw new Error(`A part of ${part.unitCount} units was read as ${results.length}.`);
  const units: { unit: Unit; position: number }[] = [];
  const errors: NewUnitError[] = [];
  results.forEach((result, index) => {
    const position = part.firstPosition + index;
    if (result.ok) units.push({ unit: result.unit, position });
    else errors.push(toUnitError(result.error, position));
  });
  return { units, errors, warnings: toStorableWarnings(warnings) };
}

function toUnitError(fault: UnitError, position: number): NewUnitError {
  const { kind, element, line, column, field, code, message, hint, title } = fault;
  return {
    id: uuidv7(),
    position,
    kind,
    element,
    line,
    column,
    field: field === null ? null : toStorable(field),
    code,
    message: toStorable(message),
    hint,
    title: title === null ? null : toStorable(title),
    objectUrl: withoutSecrets(fault.objectUrl),
  };
}

const shownUrlLength = 2048;

function withoutSecrets(objectUrl: string | null): string | null {
  if (objectUrl === null) return null;
  const located = locate(objectUrl);
  const shown = located.ok ? located.url.redactedUrl : splitSecret(objectUrl).head;
  return toStorable(shown.slice(0, shownUrlLength));
}
