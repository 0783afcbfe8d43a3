import type { Executor } from '../engine/executor.js';

/** What names a person at a provider for good. */
export interface IdentityKey {
  readonly issuer: string;
  readonly subject: string;
}

export interface IdentityRow {
  readonly user_id: string;
  /** The user was made an admin by the provider, and not by a person. */
  readonly is_admin_by_provider: boolean;
}

export async function getIdentity(
  db: Executor,
  { issuer, subject }: IdentityKey,
): Promise<IdentityRow | null> {
  const text = 'SELECT user_id, is_admin_by_provider FROM user_identities WHERE issuer = $1 AND subject = $2';
  const values = [issuer, subject];
  return (await db.query<IdentityRow>({ name: 'userIdentities.get', text, values }))[0] ?? null;
}

/** Whether the user can be found by any. */
export async function hasIdentity(db: Executor, userId: string): Promise<boolean> {
  const text = 'SELECT EXISTS (SELECT 1 FROM user_identities WHERE user_id = $1) AS found';
  const rows = await db.query<{ found: boolean }>({ name: 'userIdentities.any', text, values: [userId] });
  return rows[0]?.found ?? false;
}

export async function insertIdentity(
  db: Executor,
  { issuer, subject }: IdentityKey,
  userId: string,
): Promise<void> {
  const text = 'INSERT INTO user_identities (issuer, subject, user_id) VALUES ($1, $2, $3)';
  await db.query({ name: 'userIdentities.insert', text, values: [issuer, subject, userId] });
}

/** Notes that it is used now, and whether the provider makes its user an admin. */
export async function updateIdentity(
  db: Executor,
  { issuer, subject }: IdentityKey,
  isAdminByProvider: boolean,
): Promise<void> {
  const text = `UPDATE user_identities SET is_admin_by_provider = $3, last_used_at = now()
    WHERE issuer = $1 AND subject = $2`;
  await db.query({ name: 'userIdentities.update', text, values: [issuer, subject, isAdminByProvider] });
}
