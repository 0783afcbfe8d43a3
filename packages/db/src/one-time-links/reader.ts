import type { Executor } from '../engine/executor.js';

export interface OneTimeLinkRow {
  readonly id: string;
  readonly kind: 'invitation' | 'passwordReset';
  /** Who is invited, or whose password it sets. */
  readonly email: string;
  readonly name: string | null;
  readonly organisation_role: 'admin' | 'member';
  /** Null for an invitation. */
  readonly user_id: string | null;
  readonly created_by_email: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

const columns = `l.id, l.kind, coalesce(l.email, u.email) AS email, u.name,
  coalesce(l.organisation_role, u.organisation_role) AS organisation_role, l.user_id,
  c.email AS created_by_email, l.created_at, l.expires_at`;
const tables = 'one_time_links l JOIN users c ON c.id = l.created_by LEFT JOIN users u ON u.id = l.user_id';

/** The newest first, with those that have expired. */
export async function listOneTimeLinks(db: Executor): Promise<OneTimeLinkRow[]> {
  const text = `SELECT ${columns} FROM ${tables} ORDER BY l.created_at DESC, l.id`;
  return db.query<OneTimeLinkRow>({ name: 'oneTimeLinks.list', text });
}

/** A link works as long as who made it is an administrator, and whose password it sets is active. */
const works = `c.organisation_role = 'admin' AND c.deactivated_at IS NULL AND u.deactivated_at IS NULL`;

/** Null: there is none, or it does not work any more. */
export async function getOneTimeLink(db: Executor, tokenHash: Buffer): Promise<OneTimeLinkRow | null> {
  const text = `SELECT ${columns} FROM ${tables} WHERE l.token_hash = $1 AND l.expires_at > now() AND ${works}`;
  const rows = await db.query<OneTimeLinkRow>({ name: 'oneTimeLinks.get', text, values: [tokenHash] });
  return rows[0] ?? null;
}
