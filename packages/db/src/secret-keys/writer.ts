import type { Executor } from '../engine/executor.js';

/** Waits for all transactions that hold the current key; held to the end. */
export async function lockCurrentKey(tx: Executor): Promise<void> {
  await tx.query({ name: 'secretKeys.lockCurrent', text: 'SELECT lock_secret_key()' });
}

/** The key seals from now on; the one before only opens. The current key must be locked. */
export async function makeKeyCurrent(tx: Executor, id: Buffer, keyCheck: Buffer): Promise<void> {
  await tx.query({
    name: 'secretKeys.replace',
    text: 'UPDATE secret_keys SET replaced_at = now() WHERE replaced_at IS NULL',
  });
  await tx.query({
    name: 'secretKeys.insert',
    text: 'INSERT INTO secret_keys (id, key_check) VALUES ($1, $2)',
    values: [id, keyCheck],
  });
  const text = 'UPDATE installation SET secret_key_id = $1, key_check = $2';
  await tx.query({ name: 'installation.updateKey', text, values: [id, keyCheck] });
}

/** What was spooled before keys had names was sealed with this one. */
export async function nameFirstKey(tx: Executor, id: Buffer): Promise<void> {
  const text = 'UPDATE spooled_manifests SET secret_key_id = $1 WHERE secret_key_id IS NULL';
  await tx.query({ name: 'spooledManifests.nameFirstKey', text, values: [id] });
}

export async function insertResealing(tx: Executor, toKeyId: Buffer, place: string): Promise<void> {
  const text = 'INSERT INTO resealings (to_key_id, place) VALUES ($1, $2)';
  await tx.query({ name: 'resealings.insert', text, values: [toKeyId, place] });
}

export interface ResealingStep {
  readonly place: string;
  /** Null: at the beginning of the place. */
  readonly afterId: string | null;
  readonly lookedAt: number;
  readonly resealed: number;
}

/** The counts are added to those so far. */
export async function moveResealing(
  tx: Executor,
  toKeyId: Buffer,
  { place, afterId, lookedAt, resealed }: ResealingStep,
): Promise<void> {
  const text = `UPDATE resealings SET place = $2, after_id = $3, looked_at_count = looked_at_count + $4, resealed_count = resealed_count + $5
    WHERE to_key_id = $1`;
  await tx.query({
    name: 'resealings.move',
    text,
    values: [toKeyId, place, afterId, lookedAt, resealed],
  });
}

/** Nothing is sealed with any other key. */
export async function finishResealing(tx: Executor, toKeyId: Buffer): Promise<void> {
  const text = `WITH done AS (UPDATE resealings SET finished_at = now() WHERE to_key_id = $1)
    UPDATE secret_keys SET unused_since = now() WHERE replaced_at IS NOT NULL AND unused_since IS NULL`;
  await tx.query({ name: 'resealings.finish', text, values: [toKeyId] });
}
