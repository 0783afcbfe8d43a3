import { errorCatalogue } from '@latchkey/contract/errors';
import type { UnitKind } from '@latchkey/contract/kinds';
import type { Executor } from '@latchkey/db/engine/executor';
import { listUsableItems } from '@latchkey/db/items/members';
import type { ClaimedPart } from '@latchkey/db/upload-jobs/parts-writer';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import type { CsvColumns } from '@latchkey/manifest/csv/csv-columns';
import type { UnitErrorCode } from '@latchkey/manifest/read/unit';
import type { PreparedPart, UnitReferences } from './prepared-part.js';
import { toNewUnitError } from './unit-errors.js';

export interface RefusedUnits {
  readonly rows: ReadonlySet<number>;
  readonly prepared: PreparedPart;
}

/** Groups of items that the job's user may not use, or that the group cannot hold, become unit errors. */
export async function refuseReferences(
  db: Executor,
  userId: string,
  part: Pick<ClaimedPart, 'firstPosition' | 'csv_columns'>,
  prepared: PreparedPart,
): Promise<RefusedUnits> {
  const ids = [...new Set(prepared.references.flatMap(({ itemIds }) => itemIds))];
  if (ids.length === 0) return { rows: new Set(), prepared };
  const types = new Map((await listUsableItems(db, ids, userId)).map(({ id, type }) => [id, type]));
  const rows = new Set<number>();
  const errors: NewUnitError[] = [];
  for (const references of prepared.references) {
    const code = referencesProblem(references.unit.kind, references.itemIds, types);
    if (code === null) continue;
    rows.add(references.row);
    const index = prepared.rows.indexes[references.row] ?? 0;
    errors.push(toError(references, code, part.firstPosition + index, part.csv_columns));
  }
  return { rows, prepared: { ...prepared, errors: [...prepared.errors, ...errors] } };
}

/** Why a group cannot be made of these items; `types` has those that may be used. */
export function referencesProblem(
  kind: UnitKind,
  itemIds: readonly string[],
  types: ReadonlyMap<string, string>,
): 'group_item_not_found' | 'group_item_wrong_type' | null {
  const found = itemIds.map((id) => types.get(id));
  if (found.includes(undefined)) return 'group_item_not_found';
  const fits = (type: string | undefined) =>
    kind === 'imageGroupsFromItems' ? type === 'image' : type !== 'group';
  return found.every(fits) ? null : 'group_item_wrong_type';
}

function toError(
  { unit }: UnitReferences,
  code: UnitErrorCode,
  position: number,
  csvColumns: readonly CsvColumns[] | null,
): NewUnitError {
  const { meaning, hint } = errorCatalogue[code];
  const field = unit.kind === 'imageGroupsFromItems' ? 'imageItems' : 'layoutContents';
  return toNewUnitError(
    { ...unit, code, message: meaning, hint, column: null, field, objectUrl: null },
    position,
    csvColumns,
  );
}
