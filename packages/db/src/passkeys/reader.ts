import type { Executor } from '../engine/executor.js';

export interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly sync_state: 'synced' | 'syncable' | 'deviceBound';
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

export async function listPasskeys(db: Executor, userId: string): Promise<PasskeyRow[]> {
  const text =
    'SELECT id, name, sync_state, created_at, last_used_at FROM passkeys WHERE user_id = $1 ORDER BY id';
  return db.query<PasskeyRow>({ name: 'passkeys.list', text, values: [userId] });
}

export interface CredentialIdRow {
  readonly credential_id: Buffer;
  readonly transports: readonly string[];
}

export async function listCredentialIds(db: Executor, userId: string): Promise<CredentialIdRow[]> {
  const text = 'SELECT credential_id, transports FROM passkeys WHERE user_id = $1 ORDER BY id';
  return db.query<CredentialIdRow>({ name: 'passkeys.credentialIds', text, values: [userId] });
}

/** What an answer of the passkey is verified by. */
export interface VerifyingRow {
  readonly id: string;
  readonly user_id: string;
  readonly user_handle: Buffer;
  readonly rp_id: string;
  readonly public_key: Buffer;
}

export async function getPasskeyByCredentialId(
  db: Executor,
  credentialId: Buffer,
): Promise<VerifyingRow | null> {
  const text = `SELECT p.id, p.user_id, u.passkey_handle AS user_handle, p.rp_id, p.public_key
    FROM passkeys p JOIN users u ON u.id = p.user_id WHERE p.credential_id = $1`;
  const rows = await db.query<VerifyingRow>({
    name: 'passkeys.byCredentialId',
    text,
    values: [credentialId],
  });
  return rows[0] ?? null;
}
