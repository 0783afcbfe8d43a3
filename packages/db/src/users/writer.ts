import type { Executor } from '../engine/executor.js';
import { type ApiTokenRow, type UserRow, userColumns } from './reader.js';

export interface NewUser {
  readonly id: string;
  /** Default: a person. */
  readonly kind?: UserRow['kind'];
  readonly email: string;
  readonly name: string;
  readonly organisationRole: 'admin' | 'member';
  readonly passwordHash: string | null;
}

export async function insertUser(db: Executor, user: NewUser): Promise<UserRow> {
  const text = `INSERT INTO users AS u (id, email, name, organisation_role, password_hash, kind) VALUES ($1, lower($2), $3, $4, $5, $6)
    RETURNING ${userColumns}`;
  const { id, email, name, organisationRole, passwordHash, kind = 'person' } = user;
  const values = [id, email, name, organisationRole, passwordHash, kind];
  const [row] = await db.query<UserRow>({ name: 'users.insert', text, values });
  if (!row) throw new Error('users.insert returned no row');
  return row;
}

/** Creates the user or makes the one with this address an admin; a null password leaves the stored one as it is. */
export async function upsertAdmin(
  db: Executor,
  user: Omit<NewUser, 'organisationRole' | 'kind'>,
): Promise<string> {
  const text = `INSERT INTO users AS u (id, email, name, organisation_role, password_hash) VALUES ($1, lower($2), $3, 'admin', $4)
    ON CONFLICT (email) DO UPDATE SET organisation_role = 'admin', password_hash = coalesce(excluded.password_hash, u.password_hash)
    RETURNING id`;
  const [row] = await db.query<{ id: string }>({
    name: 'users.upsertAdmin',
    text,
    values: [user.id, user.email, user.name, user.passwordHash],
  });
  if (!row) throw new Error('users.upsertAdmin returned no row');
  return row.id;
}

export async function insertSshKey(
  db: Executor,
  key: { id: string; userId: string; title: string; publicKey: Buffer },
): Promise<void> {
  const text = 'INSERT INTO ssh_keys (id, user_id, title, public_key) VALUES ($1, $2, $3, $4)';
  await db.query({ name: 'sshKeys.insert', text, values: [key.id, key.userId, key.title, key.publicKey] });
}

/** Gives the key to the user, also when it was another user's: the operator who starts the server says whose it is. */
export async function upsertSshKey(
  db: Executor,
  key: { id: string; userId: string; title: string; publicKey: Buffer },
): Promise<void> {
  const text = `INSERT INTO ssh_keys (id, user_id, title, public_key) VALUES ($1, $2, $3, $4)
    ON CONFLICT (public_key) DO UPDATE SET user_id = excluded.user_id`;
  await db.query({ name: 'sshKeys.upsert', text, values: [key.id, key.userId, key.title, key.publicKey] });
}

export async function deleteSshKey(db: Executor, userId: string, id: string): Promise<boolean> {
  const text = 'DELETE FROM ssh_keys WHERE id = $1 AND user_id = $2 RETURNING id';
  return (await db.query({ name: 'sshKeys.delete', text, values: [id, userId] })).length === 1;
}

/** What else the transaction reads of how the user can sign in stays so to its end. Null: the user is gone. */
export async function lockUser(tx: Executor, id: string): Promise<{ readonly has_password: boolean } | null> {
  const text = 'SELECT password_hash IS NOT NULL AS has_password FROM users WHERE id = $1 FOR UPDATE';
  const rows = await tx.query<{ has_password: boolean }>({ name: 'users.lock', text, values: [id] });
  return rows[0] ?? null;
}

export async function updatePassword(db: Executor, userId: string, passwordHash: string): Promise<void> {
  const text = 'UPDATE users SET password_hash = $2 WHERE id = $1';
  await db.query({ name: 'users.updatePassword', text, values: [userId, passwordHash] });
}

export async function insertApiToken(
  db: Executor,
  token: {
    id: string;
    userId: string;
    title: string;
    /** Default: all. */
    scope?: ApiTokenRow['scope'];
    tokenHash: Buffer;
    lifetimeDays: number | null;
  },
): Promise<ApiTokenRow> {
  const text = `INSERT INTO api_tokens (id, user_id, title, token_hash, expires_at, scope)
    VALUES ($1, $2, $3, $4, now() + make_interval(days => $5::int), $6)
    RETURNING id, title, scope, created_at, expires_at, last_used_at`;
  const values = [
    token.id,
    token.userId,
    token.title,
    token.tokenHash,
    token.lifetimeDays,
    token.scope ?? 'all',
  ];
  const [row] = await db.query<ApiTokenRow>({ name: 'apiTokens.insert', text, values });
  if (!row) throw new Error('apiTokens.insert returned no row');
  return row;
}

export async function deleteApiToken(db: Executor, userId: string, id: string): Promise<boolean> {
  const text = 'DELETE FROM api_tokens WHERE id = $1 AND user_id = $2 RETURNING id';
  return (await db.query({ name: 'apiTokens.delete', text, values: [id, userId] })).length === 1;
}

/** Tables of what identifies a user, each with `last_used_at`. */
export type CredentialTable = 'ssh_keys' | 'api_tokens' | 'sessions';

/** The user counts as seen, unless somebody holds its row: no request waits for that. */
export async function noteCredentialUse(db: Executor, table: CredentialTable, id: string): Promise<void> {
  const text = `WITH used AS (UPDATE ${table} SET last_used_at = now() WHERE id = $1 RETURNING user_id)
    UPDATE users SET last_seen_at = now()
    WHERE id = (SELECT u.id FROM users u WHERE u.id = (SELECT user_id FROM used) FOR NO KEY UPDATE SKIP LOCKED)`;
  await db.query({ name: `${table}.noteUse`, text, values: [id] });
}

export async function replaceSetupLink(db: Executor, tokenHash: Buffer): Promise<void> {
  const text = `INSERT INTO setup_link (token_hash) VALUES ($1)
    ON CONFLICT (only_row) DO UPDATE SET token_hash = excluded.token_hash, created_at = now()`;
  await db.query({ name: 'setupLink.replace', text, values: [tokenHash] });
}

/** True for the one caller that used the link. */
export async function useSetupLink(db: Executor, tokenHash: Buffer): Promise<boolean> {
  const text = 'DELETE FROM setup_link WHERE token_hash = $1 RETURNING only_row';
  return (await db.query({ name: 'setupLink.use', text, values: [tokenHash] })).length === 1;
}
