import type { ErrorCode } from '@latchkey/contract/errors';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import { redactUrl } from '@latchkey/locator/redact';
import { splitSecret } from '@latchkey/locator/split-secret';
import { type CsvColumns, csvColumnOf } from '@latchkey/manifest/csv/csv-columns';
import type { UnitError } from '@latchkey/manifest/read/unit';
import { v7 as uuidv7 } from 'uuid';
import { toStorable } from '../http/stored-text.js';

/** Why a unit cannot be registered: as it was read, or as it was measured. */
export type UnitFault = Omit<UnitError, 'code'> & { readonly code: ErrorCode };

/**
 * What a unit error looks like in the database: storable, and without the signature of its URL. The column is that of
 * the cell where the manifest came as CSV.
 */
export function toNewUnitError(
  fault: UnitFault,
  position: number,
  csvColumns: readonly CsvColumns[] | null,
): NewUnitError {
  const { kind, element, line, field, code, message, hint, title } = fault;
  return {
    id: uuidv7(),
    position,
    kind,
    element,
    line,
    column: csvColumns ? csvColumnOf(csvColumns, fault) : fault.column,
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
  const shown = redactUrl(objectUrl) ?? splitSecret(objectUrl).head;
  return toStorable(shown.slice(0, shownUrlLength));
}
