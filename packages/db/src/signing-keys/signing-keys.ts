import type { Executor } from '../engine/executor.js';

export interface SigningKeyRow {
  readonly id: string;
  readonly public_key: Buffer;
  readonly private_key_sealed: Buffer;
  readonly active_from: Date;
}

/** The latest first. */
export async function listSigningKeys(db: Executor): Promise<SigningKeyRow[]> {
  const text = `SELECT id, public_key, private_key_sealed, active_from FROM signing_keys
    ORDER BY active_from DESC, id`;
  return db.query<SigningKeyRow>({ name: 'signingKeys.list', text });
}

/** Held until the transaction ends: of several processes one makes a key. */
export async function lockSigningKeys(tx: Executor): Promise<void> {
  await tx.query({ name: 'signingKeys.lock', text: 'LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE' });
}

export interface NewSigningKey {
  readonly id: string;
  readonly publicKey: Buffer;
  readonly privateKeySealed: Buffer;
  readonly activeFrom: Date;
}

export async function insertSigningKey(tx: Executor, key: NewSigningKey): Promise<void> {
  await tx.query({
    name: 'signingKeys.insert',
    text: 'INSERT INTO signing_keys (id, public_key, private_key_sealed, active_from) VALUES ($1, $2, $3, $4)',
    values: [key.id, key.publicKey, key.privateKeySealed, key.activeFrom],
  });
}

export async function deleteSigningKeys(tx: Executor, ids: readonly string[]): Promise<void> {
  const text = 'DELETE FROM signing_keys WHERE id = ANY ($1::text[])';
  await tx.query({ name: 'signingKeys.delete', text, values: [ids] });
}
