import type { Executor } from '../engine/executor.js';

export interface UserRow {
  readonly id: string;
  /** `service`: a service account, as which programs act. */
  readonly kind: 'person' | 'service';
  readonly email: string;
  readonly name: string;
  readonly organisation_role: 'admin' | 'member';
  readonly created_at: Date;
  /** When somebody last acted as the user, to the minute; null: never. */
  readonly last_seen_at: Date | null;
  /** Null: active. */
  readonly deactivated_at: Date | null;
  /** Who has got what was theirs when they were deactivated. */
  readonly handed_over_to: string | null;
}

export interface CredentialsRow extends UserRow {
  readonly password_hash: string | null;
}

export interface SshKeyRow {
  readonly id: string;
  readonly title: string;
  readonly public_key: Buffer;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

export interface ApiTokenRow {
  readonly id: string;
  readonly title: string;
  readonly scope: 'all' | 'read';
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

export const userColumns =
  'u.id, u.kind, u.email, u.name, u.organisation_role, u.created_at, u.last_seen_at, u.deactivated_at, u.handed_over_to';

const first = <Row>(rows: readonly Row[]): Row | null => rows[0] ?? null;

export async function getUser(db: Executor, id: string): Promise<UserRow | null> {
  return first(
    await db.query<UserRow>({
      name: 'users.get',
      text: `SELECT ${userColumns} FROM users u WHERE u.id = $1`,
      values: [id],
    }),
  );
}

export async function getUserByEmail(db: Executor, email: string): Promise<UserRow | null> {
  const text = `SELECT ${userColumns} FROM users u WHERE u.email = lower($1)`;
  return first(await db.query<UserRow>({ name: 'users.byEmail', text, values: [email] }));
}

export async function getCredentials(db: Executor, email: string): Promise<CredentialsRow | null> {
  const text = `SELECT ${userColumns}, u.password_hash FROM users u WHERE u.email = lower($1)`;
  return first(await db.query<CredentialsRow>({ name: 'users.credentials', text, values: [email] }));
}

export async function getPasswordHash(db: Executor, id: string): Promise<string | null> {
  const text = 'SELECT password_hash FROM users WHERE id = $1';
  const rows = await db.query<{ password_hash: string | null }>({
    name: 'users.passwordHash',
    text,
    values: [id],
  });
  return rows[0]?.password_hash ?? null;
}

export async function hasUsers(db: Executor): Promise<boolean> {
  const rows = await db.query<{ found: boolean }>({
    name: 'users.any',
    text: 'SELECT EXISTS (SELECT 1 FROM users) AS found',
  });
  return rows[0]?.found ?? false;
}

export async function listUsers(db: Executor): Promise<UserRow[]> {
  return db.query<UserRow>({
    name: 'users.list',
    text: `SELECT ${userColumns} FROM users u ORDER BY u.email`,
  });
}

/** `credential_used`: its last use was noted a moment ago, so that not every request has to write. */
export interface CredentialUserRow extends UserRow {
  readonly credential_id: string;
  readonly credential_used: boolean;
}

const credentialColumns = (alias: string): string =>
  `${alias}.id AS credential_id, coalesce(${alias}.last_used_at > now() - interval '1 minute', false) AS credential_used`;

export async function getUserByPublicKey(db: Executor, publicKey: Buffer): Promise<CredentialUserRow | null> {
  const text = `SELECT ${userColumns}, ${credentialColumns('k')} FROM ssh_keys k JOIN users u ON u.id = k.user_id WHERE k.public_key = $1`;
  return first(await db.query<CredentialUserRow>({ name: 'users.byPublicKey', text, values: [publicKey] }));
}

export async function getUserBySession(db: Executor, tokenHash: Buffer): Promise<CredentialUserRow | null> {
  const text = `SELECT ${userColumns}, ${credentialColumns('s')} FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = $1 AND s.expires_at > now() AND u.deactivated_at IS NULL`;
  return first(await db.query<CredentialUserRow>({ name: 'users.bySession', text, values: [tokenHash] }));
}

export interface TokenUserRow extends CredentialUserRow {
  readonly scope: ApiTokenRow['scope'];
}

export async function getUserByApiToken(db: Executor, tokenHash: Buffer): Promise<TokenUserRow | null> {
  const text = `SELECT ${userColumns}, ${credentialColumns('t')}, t.scope FROM api_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.token_hash = $1 AND (t.expires_at IS NULL OR t.expires_at > now())`;
  return first(await db.query<TokenUserRow>({ name: 'users.byApiToken', text, values: [tokenHash] }));
}

export async function listSshKeys(db: Executor, userId: string): Promise<SshKeyRow[]> {
  const text =
    'SELECT id, title, public_key, created_at, last_used_at FROM ssh_keys WHERE user_id = $1 ORDER BY id';
  return db.query<SshKeyRow>({ name: 'sshKeys.list', text, values: [userId] });
}

export async function listApiTokens(db: Executor, userId: string): Promise<ApiTokenRow[]> {
  const text =
    'SELECT id, title, scope, created_at, expires_at, last_used_at FROM api_tokens WHERE user_id = $1 ORDER BY id';
  return db.query<ApiTokenRow>({ name: 'apiTokens.list', text, values: [userId] });
}

export async function isSetupToken(db: Executor, tokenHash: Buffer): Promise<boolean> {
  const text = 'SELECT 1 AS found FROM setup_link WHERE token_hash = $1';
  return (await db.query({ name: 'setupLink.check', text, values: [tokenHash] })).length === 1;
}

const activeAdmins = `SELECT id FROM users WHERE organisation_role = 'admin' AND deactivated_at IS NULL ORDER BY id`;

/** Those that are active. */
export async function listOrganisationAdmins(db: Executor): Promise<string[]> {
  const text = activeAdmins;
  const rows = await db.query<{ id: string }>({ name: 'users.organisationAdmins', text });
  return rows.map(({ id }) => id);
}

/** Those that are active. Who else changes users in this way waits for the end of the transaction. */
export async function lockOrganisationAdmins(tx: Executor): Promise<string[]> {
  const text = `${activeAdmins} FOR NO KEY UPDATE`;
  const rows = await tx.query<{ id: string }>({ name: 'users.lockOrganisationAdmins', text });
  return rows.map(({ id }) => id);
}

/** False: the user is deactivated, or there is none. */
export async function isActiveUser(db: Executor, id: string): Promise<boolean> {
  const text = 'SELECT 1 AS found FROM users WHERE id = $1 AND deactivated_at IS NULL';
  return (await db.query({ name: 'users.isActive', text, values: [id] })).length === 1;
}

/** That have not expired. In a transaction no other one of the user is made and counted until it ends. */
export async function countApiTokens(tx: Executor, userId: string): Promise<number> {
  const lock = 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE';
  await tx.query({ name: 'apiTokens.lockUser', text: lock, values: [userId] });
  const text = `SELECT count(*) AS count FROM api_tokens WHERE user_id = $1 AND (expires_at IS NULL OR expires_at > now())`;
  const rows = await tx.query<{ count: number }>({ name: 'apiTokens.count', text, values: [userId] });
  return rows[0]?.count ?? 0;
}
