import type { Executor } from '../engine/executor.js';

export interface SecretKeyRow {
  readonly id: Buffer;
  readonly key_check: Buffer;
  readonly adopted_at: Date;
  /** Null: the current one. */
  readonly replaced_at: Date | null;
  readonly unused_since: Date | null;
}

/** The newest first. */
export async function listSecretKeys(db: Executor): Promise<SecretKeyRow[]> {
  const text = `SELECT id, key_check, adopted_at, replaced_at, unused_since FROM secret_keys
    ORDER BY replaced_at DESC NULLS FIRST`;
  return db.query<SecretKeyRow>({ name: 'secretKeys.list', text });
}

/** Held to the end of the transaction: until then the key stays current. Null before the first process has started. */
export async function holdCurrentKeyId(tx: Executor): Promise<Buffer | null> {
  const text = 'SELECT hold_secret_key() AS id';
  return (await tx.query<{ id: Buffer | null }>({ name: 'secretKeys.holdCurrent', text }))[0]?.id ?? null;
}

export interface ResealingRow {
  readonly place: string;
  readonly after_id: string | null;
  readonly looked_at_count: number;
  readonly resealed_count: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
}

const resealingColumns = 'place, after_id, looked_at_count, resealed_count, started_at, finished_at';

export async function getResealing(db: Executor, toKeyId: Buffer): Promise<ResealingRow | null> {
  const text = `SELECT ${resealingColumns} FROM resealings WHERE to_key_id = $1`;
  return (await db.query<ResealingRow>({ name: 'resealings.get', text, values: [toKeyId] }))[0] ?? null;
}

/** One that is not finished, for one process at a time; null: there is none, or another process works on it now. */
export async function lockResealing(tx: Executor, toKeyId: Buffer): Promise<ResealingRow | null> {
  const text = `SELECT ${resealingColumns} FROM resealings WHERE to_key_id = $1 AND finished_at IS NULL FOR UPDATE SKIP LOCKED`;
  return (await tx.query<ResealingRow>({ name: 'resealings.lock', text, values: [toKeyId] }))[0] ?? null;
}

/** Manifests that were spooled with another key and are still there. */
export async function countManifestsOfOtherKeys(db: Executor, keyId: Buffer): Promise<number> {
  const text = 'SELECT count(*) AS manifests FROM spooled_manifests WHERE secret_key_id IS DISTINCT FROM $1';
  const rows = await db.query<{ manifests: number }>({
    name: 'spooledManifests.countOfOtherKeys',
    text,
    values: [keyId],
  });
  return rows[0]?.manifests ?? 0;
}

/** Items of all folders, by the counts that are kept of them. */
export async function countAllItems(db: Executor): Promise<number> {
  const text = 'SELECT coalesce(sum(items_count), 0)::bigint AS items FROM folder_item_counts';
  return (await db.query<{ items: number }>({ name: 'items.countAll', text }))[0]?.items ?? 0;
}
