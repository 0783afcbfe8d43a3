import type { Executor } from '@latchkey/db/engine/executor';
import type { ClaimedPart } from '@latchkey/db/upload-jobs/parts-writer';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { AppContext } from '../context.js';
import { allRows, findKnownRows, type KnownRows, rowsToRenew } from './known-rows.js';
import type { PreparedPart } from './prepared-part.js';
import { refuseReferences } from './refuse-references.js';
import type { RegistrationTarget } from './registration-target.js';

export interface PartUnits {
  readonly prepared: PreparedPart;
  /** Rows that were known while the part was prepared, and have no text. */
  readonly known: KnownRows;
  /** Rows that make no item: they are among the errors. */
  readonly refused: ReadonlySet<number>;
}

/**
 * Reads a part. Where most units are known and change nothing, which of them are is found before the text of their
 * rows is made, so that a manifest that is registered again costs half.
 */
export async function prepareUnits(
  { db, prepareThreads }: AppContext,
  target: RegistrationTarget,
  claimed: ClaimedPart,
  rules: UnitRules,
): Promise<PartUnits> {
  const task = { spoolKey: claimed.spool_key, part: claimed, rules, owner: target };
  if (!target.skipDuplicateUrls || target.upsertMetadata || !mostAreKnown(claimed))
    return withoutRefused(db, target, claimed, await prepareThreads.prepare(task), new Map());
  let known: KnownRows = new Map();
  const prepared = await prepareThreads.prepare(task, async (survey) => {
    const rows = allRows(survey);
    const found = await findKnownRows(db, target.folderId, survey, rows);
    for (const row of rowsToRenew(survey, found).values()) found.delete(row);
    known = found;
    return Uint32Array.from(rows.filter((row) => !found.has(row)));
  });
  return withoutRefused(db, target, claimed, prepared, known);
}

async function withoutRefused(
  db: Executor,
  target: RegistrationTarget,
  claimed: ClaimedPart,
  read: PreparedPart,
  known: KnownRows,
): Promise<PartUnits> {
  const { rows, prepared } = await refuseReferences(db, target.createdBy, claimed, read);
  return { prepared, known, refused: rows };
}

/** By the parts that the job has behind it. */
const mostAreKnown = ({ units_done, units_skipped, units_renewed }: ClaimedPart): boolean =>
  units_skipped - units_renewed > units_done + units_renewed;
