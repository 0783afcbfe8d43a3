import type { Executor } from '@latchkey/db/engine/executor';
import { findKnownItems, type KnownItem } from '@latchkey/db/upload-jobs/register-items';
import { NEVER_EXPIRES, renews } from '@latchkey/locator/lifetime';
import { identityHashesOf, type UnitSurvey } from './unit-survey.js';

export type Known = Pick<KnownItem, 'id' | 'expires_at' | 'is_signed'>;

/** By row, the item of the folder with the same object. */
export type KnownRows = ReadonlyMap<number, Known>;

/** By the position among the identities, of 16 bytes each, the item of the folder with that object; of several the oldest. */
export async function findOldestKnown(
  db: Executor,
  folderId: string,
  identityHashes: Uint8Array,
): Promise<ReadonlyMap<number, KnownItem>> {
  if (identityHashes.length === 0) return new Map();
  const found = await findKnownItems(db, folderId, identityHashes);
  // The oldest comes last, and the last is kept.
  return new Map(found.map((item) => [item.position, item]));
}

/** Of several items with the same object, the oldest. */
export async function findKnownRows(
  db: Executor,
  folderId: string,
  survey: UnitSurvey,
  rows: readonly number[],
): Promise<Map<number, Known>> {
  const oldest = await findOldestKnown(db, folderId, identityHashesOf(survey, rows));
  return new Map([...oldest].map(([position, item]) => [rows[position] as number, item]));
}

export const allRows = ({ indexes }: UnitSurvey): number[] => Array.from(indexes.keys());

/** By item id the row that lives longest, if it renews the item. */
export function rowsToRenew(
  { expiries }: UnitSurvey,
  known: KnownRows,
  now: number = Date.now(),
): Map<string, number> {
  const best = new Map<string, number>();
  for (const [row, { id, expires_at, is_signed }] of known) {
    const expiry = expiries[row] ?? Number.NaN;
    if (!renews(expiry, { expiresAt: expires_at, isSigned: is_signed }, now)) continue;
    const rival = best.get(id);
    if (rival === undefined || expiry > (expiries[rival] ?? 0)) best.set(id, row);
  }
  return best;
}

/** Of an item that a row with this expiry has made. */
export function toKnownExpiry(expiry: number): Omit<Known, 'id'> {
  if (Number.isNaN(expiry) || expiry === NEVER_EXPIRES) return { expires_at: null, is_signed: false };
  return { expires_at: Number.isFinite(expiry) ? expiry : null, is_signed: true };
}

/** By item id the row that stands last in the manifest. */
export function lastRows(known: KnownRows): Map<string, number> {
  const last = new Map<string, number>();
  for (const [row, { id }] of known) last.set(id, Math.max(row, last.get(id) ?? 0));
  return last;
}
