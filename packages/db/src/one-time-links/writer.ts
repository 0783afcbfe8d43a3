import type { Executor } from '../engine/executor.js';

interface NewLink {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly createdBy: string;
  readonly lifetimeHours: number;
}

/** In the place of an earlier one for the same address. Answers when it expires. */
export async function upsertInvitation(
  db: Executor,
  link: NewLink & { readonly email: string; readonly organisationRole: 'admin' | 'member' },
): Promise<Date> {
  const text = `INSERT INTO one_time_links (id, kind, token_hash, email, organisation_role, created_by, expires_at)
    VALUES ($1, 'invitation', $2, lower($3), $4, $5, now() + make_interval(hours => $6::int))
    ON CONFLICT (email) WHERE kind = 'invitation' DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash,
      organisation_role = excluded.organisation_role, created_by = excluded.created_by, created_at = now(),
      expires_at = excluded.expires_at
    RETURNING expires_at`;
  const values = [
    link.id,
    link.tokenHash,
    link.email,
    link.organisationRole,
    link.createdBy,
    link.lifetimeHours,
  ];
  const [row] = await db.query<{ expires_at: Date }>({ name: 'oneTimeLinks.upsertInvitation', text, values });
  if (!row) throw new Error('oneTimeLinks.upsertInvitation returned no row');
  return row.expires_at;
}

/** In the place of an earlier one of the same user. Answers when it expires. */
export async function upsertPasswordReset(
  db: Executor,
  link: NewLink & { readonly userId: string },
): Promise<Date> {
  const text = `INSERT INTO one_time_links (id, kind, token_hash, user_id, created_by, expires_at)
    VALUES ($1, 'passwordReset', $2, $3, $4, now() + make_interval(hours => $5::int))
    ON CONFLICT (user_id) WHERE kind = 'passwordReset' DO UPDATE SET id = excluded.id,
      token_hash = excluded.token_hash, created_by = excluded.created_by, created_at = now(),
      expires_at = excluded.expires_at
    RETURNING expires_at`;
  const values = [link.id, link.tokenHash, link.userId, link.createdBy, link.lifetimeHours];
  const [row] = await db.query<{ expires_at: Date }>({
    name: 'oneTimeLinks.upsertPasswordReset',
    text,
    values,
  });
  if (!row) throw new Error('oneTimeLinks.upsertPasswordReset returned no row');
  return row.expires_at;
}

export async function deleteOneTimeLink(db: Executor, id: string): Promise<boolean> {
  const text = 'DELETE FROM one_time_links WHERE id = $1 RETURNING id';
  return (await db.query({ name: 'oneTimeLinks.delete', text, values: [id] })).length === 1;
}

/** Answers how many. */
export async function deleteLinksMadeBy(tx: Executor, userId: string): Promise<number> {
  const text = 'DELETE FROM one_time_links WHERE created_by = $1 RETURNING id';
  return (await tx.query({ name: 'oneTimeLinks.deleteMadeBy', text, values: [userId] })).length;
}

/** What would set the password of the user. Answers how many. */
export async function deletePasswordReset(tx: Executor, userId: string): Promise<number> {
  const text = 'DELETE FROM one_time_links WHERE user_id = $1 RETURNING id';
  return (await tx.query({ name: 'oneTimeLinks.deletePasswordReset', text, values: [userId] })).length;
}

/** True for the one caller that used the link. */
export async function useOneTimeLink(tx: Executor, tokenHash: Buffer): Promise<boolean> {
  const text = 'DELETE FROM one_time_links WHERE token_hash = $1 AND expires_at > now() RETURNING id';
  return (await tx.query({ name: 'oneTimeLinks.use', text, values: [tokenHash] })).length === 1;
}
