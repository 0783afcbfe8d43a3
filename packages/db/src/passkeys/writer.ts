import type { Executor } from '../engine/executor.js';
import type { PasskeyRow } from './reader.js';

/** The handle that the user has, or the given one from now on. Null: the user is gone. */
export async function ensureUserHandle(db: Executor, userId: string, handle: Buffer): Promise<Buffer | null> {
  const text = `UPDATE users SET passkey_handle = coalesce(passkey_handle, $2) WHERE id = $1
    RETURNING passkey_handle AS handle`;
  const rows = await db.query<{ handle: Buffer }>({
    name: 'passkeys.ensureUserHandle',
    text,
    values: [userId, handle],
  });
  return rows[0]?.handle ?? null;
}

export interface NewPasskey {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly rpId: string;
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly transports: readonly string[];
  readonly signCount: number;
  readonly syncState: PasskeyRow['sync_state'];
}

export async function insertPasskey(db: Executor, passkey: NewPasskey): Promise<PasskeyRow> {
  const text = `INSERT INTO passkeys (id, user_id, name, rp_id, credential_id, public_key, transports, sign_count, sync_state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id, name, sync_state, created_at, last_used_at`;
  const { id, userId, name, rpId, credentialId, publicKey, transports, signCount, syncState } = passkey;
  const values = [id, userId, name, rpId, credentialId, publicKey, transports, signCount, syncState];
  const [row] = await db.query<PasskeyRow>({ name: 'passkeys.insert', text, values });
  if (!row) throw new Error('passkeys.insert returned no row');
  return row;
}

export async function updatePasskeyName(
  db: Executor,
  userId: string,
  id: string,
  name: string,
): Promise<boolean> {
  const text = 'UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2 RETURNING id';
  return (await db.query({ name: 'passkeys.rename', text, values: [id, userId, name] })).length === 1;
}

/** False: the count of its uses has not risen since its last use, or it is gone. */
export async function notePasskeyUse(
  db: Executor,
  id: string,
  signCount: number,
  syncState: PasskeyRow['sync_state'],
): Promise<boolean> {
  const text = `UPDATE passkeys SET sign_count = $2, sync_state = $3, last_used_at = now()
    WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0)) RETURNING id`;
  const values = [id, signCount, syncState];
  return (await db.query({ name: 'passkeys.noteUse', text, values })).length === 1;
}

export async function deletePasskey(tx: Executor, userId: string, id: string): Promise<boolean> {
  const text = 'DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING id';
  return (await tx.query({ name: 'passkeys.delete', text, values: [id, userId] })).length === 1;
}

/** Answers how many there were. */
export async function deletePasskeysOfUser(db: Executor, userId: string): Promise<number> {
  const text = 'DELETE FROM passkeys WHERE user_id = $1 RETURNING id';
  return (await db.query({ name: 'passkeys.deleteOfUser', text, values: [userId] })).length;
}
