import type { Executor } from '@latchkey/db/engine/executor';
import { insertIntegrationOrigins } from '@latchkey/db/integrations/writer';
import { copyNewMembers, renewKnownMembers, stageKnownMembers } from '@latchkey/db/items/members';
import { type NewPart, type PartOutcome, unitOutcome } from '@latchkey/db/upload-jobs/parts';
import {
  copyNewItems,
  renewKnownItems,
  stageKnownItems,
  upsertKnownMetadata,
} from '@latchkey/db/upload-jobs/register-items';
import { CheckOutdatedError } from './interruptions.js';
import {
  findKnownRows,
  type Known,
  type KnownRows,
  lastRows,
  rowsToRenew,
  toKnownExpiry,
} from './known-rows.js';
import type { PreparedPart, PreparedRows } from './prepared-part.js';
import type { RegistrationTarget } from './registration-target.js';
import { joinRows, toKnownMembers, toKnownRow } from './row-bytes.js';
import { settleUnits } from './settle-units.js';
import type { PartUnits } from './survey-known.js';
import { itemIdOfRow } from './unit-survey.js';

/**
 * Registers the units of one part inside the caller's transaction, which holds the target's locks. With
 * `skip_duplicate_urls` a unit whose object the folder has, or that stands before in the part, makes no item: its item
 * gets a signature that lives longer, and with `upsert_metadata` the metadata of its last unit.
 */
export async function registerUnits(
  tx: Executor,
  target: RegistrationTarget,
  part: Pick<NewPart, 'unitCount' | 'firstPosition'>,
  { prepared, known: knownBefore, refused, mustBeKnown }: PartUnits,
): Promise<PartOutcome> {
  const { rows, origins } = prepared;
  const { outcomes } = errorOutcomes(part, prepared);
  if (rows.indexes.length === 0) return { outcomes, knownItemIds: [], severalItems: {} };
  const known = target.skipDuplicateUrls
    ? await findKnown(tx, target, part.firstPosition, rows, knownBefore, refused)
    : new Map<number, Known>();
  for (const row of mustBeKnown)
    if (!known.has(row)) throw new CheckOutdatedError('A unit that was known has to be measured.');
  // Not to be written either.
  const left = new Map<number, unknown>([...known, ...[...refused].map((row) => [row, null] as const)]);
  const items = joinRows(rows.items, left);
  if (items.length > 0) await copyNewItems(tx, items);
  const members = joinRows(rows.members, left);
  if (members.length > 0) await copyNewMembers(tx, members);
  const renewed = await changeKnown(tx, target, rows, known);
  await insertIntegrationOrigins(tx, target.integrationId, origins);
  return settleUnits(outcomes, rows, { known, renewed, refused }, (row) =>
    itemIdOfRow(rows, row, target.jobId, part.firstPosition),
  );
}

/**
 * The rows that make no new item. The folder's lock keeps other registrations from adding the same objects
 * meanwhile; those of `knownBefore` were found without it, and are skipped even if they were deleted since.
 */
async function findKnown(
  tx: Executor,
  target: RegistrationTarget,
  firstPosition: number,
  rows: PreparedRows,
  knownBefore: KnownRows,
  refused: ReadonlySet<number>,
): Promise<Map<number, Known>> {
  const rest = Array.from(rows.indexes.keys()).filter((row) => !refused.has(row));
  const unknown = rest.filter((row) => !knownBefore.has(row));
  const known = await findKnownRows(tx, target.folderId, rows, unknown);
  for (const [row, item] of knownBefore) known.set(row, item);
  rows.firstRows.forEach((first, row) => {
    if (first === row || known.has(row) || refused.has(row)) return;
    const id = itemIdOfRow(rows, first, target.jobId, firstPosition);
    known.set(row, { id, ...toKnownExpiry(rows.expiries[first] ?? Number.NaN) });
  });
  return known;
}

/** Answers the rows whose object URLs took the place of older ones. */
async function changeKnown(
  tx: Executor,
  target: RegistrationTarget,
  rows: PreparedRows,
  known: KnownRows,
): Promise<ReadonlySet<number>> {
  const renewing = rowsToRenew(rows, known);
  const upserting = target.upsertMetadata ? lastRows(known) : new Map<string, number>();
  const staged = [
    ...[...renewing].map(([id, row]) => toKnownRow(rows.items, row, id, 'renews')),
    ...[...upserting].map(([id, row]) => toKnownRow(rows.items, row, id, 'upserts')),
  ];
  if (staged.length === 0) return new Set();
  await stageKnownItems(tx, Buffer.concat(staged));
  const renewed = renewing.size > 0 ? await renewKnownItems(tx, target.folderId) : [];
  const members = renewed.map((id) => toKnownMembers(rows.members, renewing.get(id) ?? 0, id));
  if (members.some(({ length }) => length > 0)) {
    await stageKnownMembers(tx, Buffer.concat(members));
    await renewKnownMembers(tx);
  }
  if (upserting.size > 0) await upsertKnownMetadata(tx, target.folderId);
  return new Set(renewed.flatMap((id) => renewing.get(id) ?? []));
}

/** The units that failed; nothing is known of the others yet. */
export function errorOutcomes(
  { unitCount, firstPosition }: Pick<NewPart, 'unitCount' | 'firstPosition'>,
  { errors }: Pick<PreparedPart, 'errors'>,
): PartOutcome {
  const outcomes = new Uint8Array(unitCount);
  for (const { position } of errors) outcomes[position - firstPosition] = unitOutcome.error;
  return { outcomes, knownItemIds: [], severalItems: {} };
}
