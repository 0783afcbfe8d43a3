import type { ClaimedPart } from '@latchkey/db/upload-jobs/parts-writer';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { AppContext } from '../context.js';
import { allRows, findKnownRows, type Known, type KnownRows, rowsToRenew } from './known-rows.js';
import { measureRows, type Outside } from './measure-rows.js';
import type { PreparedPart, RowDecision } from './prepared-part.js';
import { refuseReferences } from './refuse-references.js';
import type { RegistrationTarget } from './registration-target.js';
import type { UnitSurvey } from './unit-survey.js';
import type { MeasuredRows, UnmeasuredRow } from './unmeasured.js';

export interface PartUnits {
  readonly prepared: PreparedPart;
  /** Rows that were known while the part was prepared; not all of them were written. */
  readonly known: KnownRows;
  /** Rows that make no item: groups of registered items that are among the errors. */
  readonly refused: ReadonlySet<number>;
  /** Rows that were not measured, because they were known. */
  readonly mustBeKnown: ReadonlySet<number>;
}

export interface ReadUnits extends PartUnits {
  readonly measured: MeasuredRows;
}

/**
 * Reads a part. Where most units are known and change nothing, which of them are is found before their
 * rows are written, so that a manifest that is registered again costs half. Units without media metadata are measured,
 * unless they are known: what is skipped costs no request.
 */
export async function prepareUnits(
  context: AppContext,
  target: RegistrationTarget,
  claimed: ClaimedPart,
  rules: UnitRules,
  outside: Outside,
): Promise<ReadUnits> {
  const isCheck = claimed.phase === 'checking';
  const surveys = !isCheck && target.skipDuplicateUrls && !target.upsertMetadata && mostAreKnown(claimed);
  const task = {
    spoolKey: claimed.spool_key,
    part: claimed,
    csvColumns: claimed.csv_columns,
    rules,
    owner: isCheck ? null : target,
    surveys,
    measures: !rules.strict && context.measurer !== null,
  };
  let known: KnownRows = new Map();
  let measured: MeasuredRows = new Map();
  const read = await context.prepareThreads.prepare(task, async (survey, unmeasured) => {
    const asked = surveys ? allRows(survey) : unmeasured.map(({ row }) => row);
    const found = target.skipDuplicateUrls
      ? await findKnownRows(context.db, target.folderId, survey, asked)
      : new Map<number, Known>();
    const lacking = unmeasured.filter(({ row }) => !found.has(row));
    measured = await measureRows(context, target, claimed, lacking, outside);
    const decision = decide(survey, surveys, found, unmeasured, measured);
    known = found;
    return decision;
  });
  const { rows, prepared } = await refuseReferences(context.db, target.createdBy, claimed, read);
  return { prepared, known: moveRows(known, prepared), measured, refused: rows, mustBeKnown: noRows };
}

/** As the rows are numbered in the prepared part. */
export function moveRows<Value>(
  rows: ReadonlyMap<number, Value>,
  { movedRows }: Pick<PreparedPart, 'movedRows'>,
): ReadonlyMap<number, Value> {
  return movedRows ? new Map([...rows].map(([row, value]) => [movedRows[row] ?? row, value])) : rows;
}

const noRows: ReadonlySet<number> = new Set();

/** Takes out of `found` what has to be looked up again under the folder's lock. */
function decide(
  survey: UnitSurvey,
  surveys: boolean,
  found: Map<number, Known>,
  unmeasured: readonly UnmeasuredRow[],
  measured: MeasuredRows,
): RowDecision {
  if (!surveys) return { chosen: null, measured };
  const renewing = new Set(rowsToRenew(survey, found).values());
  const chosen = Uint32Array.from(allRows(survey).filter((row) => !found.has(row) || renewing.has(row)));
  // One that was not measured may be skipped only.
  const lacking = new Set(unmeasured.map(({ row }) => row));
  for (const row of renewing) if (!lacking.has(row)) found.delete(row);
  return { chosen, measured };
}

/** By the parts that the job has behind it. */
const mostAreKnown = ({ units_done, units_skipped, units_renewed }: ClaimedPart): boolean =>
  units_skipped - units_renewed > units_done + units_renewed;
