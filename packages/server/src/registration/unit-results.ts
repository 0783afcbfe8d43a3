import type { UnitOutcome, UnitResult } from '@latchkey/contract/schemas/upload-job';
import { type ItemLabel, listItemLabels } from '@latchkey/db/items/reader';
import { listUnitErrorsBetween, type UnitErrorRow, type UploadJobRow } from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';
import { type SettledUnit, settledUnits } from './unit-outcomes.js';

/** At the most `limit` units with one of the outcomes, from the position `from` on. */
export async function listUnitResults(
  { db }: AppContext,
  job: UploadJobRow,
  outcomes: ReadonlySet<UnitOutcome>,
  from: number,
  limit: number,
): Promise<UnitResult[]> {
  const units: SettledUnit[] = [];
  for await (const unit of settledUnits(db, job, outcomes, from)) {
    if (units.push(unit) === limit) break;
  }
  const itemIds = units.flatMap(({ itemIds }) => itemIds);
  const labels = itemIds.length > 0 ? await listItemLabels(db, job.folder_id, itemIds) : [];
  const failed = units.filter(({ outcome }) => outcome === 'error').map(({ position }) => position);
  const [first, last] = [failed[0], failed.at(-1)];
  const errors =
    first === undefined || last === undefined ? [] : await listUnitErrorsBetween(db, job.id, first, last + 1);
  const labelsById = new Map(labels.map((label) => [label.id, label]));
  const errorsByPosition = new Map(errors.map((error) => [error.position, error]));
  return units.map((unit) => toUnitResult(unit, labelsById, errorsByPosition.get(unit.position)));
}

function toUnitResult(
  { position, outcome, itemIds: [first, ...others], kind, element }: SettledUnit,
  labels: ReadonlyMap<string, ItemLabel>,
  error: UnitErrorRow | undefined,
): UnitResult {
  const item = labels.get(first ?? '');
  return {
    position,
    outcome,
    itemUuid: first ?? null,
    ...(others.length > 0 && {
      furtherItems: others.map((id) => ({ itemUuid: id, title: labels.get(id)?.name ?? null })),
    }),
    objectUrl: item?.url_head ?? error?.object_url ?? null,
    title: item?.name ?? error?.title ?? null,
    place: { kind: error?.kind ?? kind, element },
    error: error ? { code: error.code, message: error.message, hint: error.hint } : null,
  };
}
