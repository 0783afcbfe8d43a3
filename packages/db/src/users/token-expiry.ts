import type { Executor } from '../engine/executor.js';

/** A token, and who is told of it. */
export interface ExpiringToken {
  readonly api_token_id: string;
  readonly user_id: string;
}

/**
 * Tokens that expire within the time, were made before it, and of which nobody was told; they count as told of from now
 * on, if the transaction commits. Answers their ids.
 */
export async function claimExpiringTokens(
  tx: Executor,
  leadSeconds: number,
  limit: number,
): Promise<string[]> {
  const text = `UPDATE api_tokens SET expiry_noticed_at = now() WHERE id IN (
      SELECT id FROM api_tokens
      WHERE expires_at > now() AND expires_at <= now() + make_interval(secs => $1) AND expiry_noticed_at IS NULL
        AND created_at < expires_at - make_interval(secs => $1)
      ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  const rows = await tx.query<{ id: string }>({
    name: 'apiTokens.claimExpiring',
    text,
    values: [leadSeconds, limit],
  });
  return rows.map(({ id }) => id);
}

/** The user of each token; of one of a service account, which nobody reads for, the organisation's active admins. */
export async function listTokenRecipients(
  tx: Executor,
  tokenIds: readonly string[],
): Promise<ExpiringToken[]> {
  const text = `SELECT t.id AS api_token_id, r.id AS user_id FROM api_tokens t JOIN users u ON u.id = t.user_id
      JOIN users r ON CASE u.kind WHEN 'person' THEN r.id = u.id ELSE r.organisation_role = 'admin' AND r.deactivated_at IS NULL END
    WHERE t.id = ANY ($1::uuid[]) ORDER BY t.expires_at, t.id, r.id`;
  return tx.query<ExpiringToken>({ name: 'apiTokens.recipients', text, values: [tokenIds] });
}

/** Those that have been expired for as long as they lived, or for `mostDays`. */
export async function deleteExpiredTokens(db: Executor, mostDays: number): Promise<void> {
  const text = `DELETE FROM api_tokens
    WHERE expires_at <= now() - least(make_interval(days => $1), expires_at - created_at)`;
  await db.query({ name: 'apiTokens.deleteExpired', text, values: [mostDays] });
}

/** Null: there is no such token, or it has no end. */
export async function getTokenExpiry(db: Executor, tokenHash: Buffer): Promise<Date | null> {
  const text = 'SELECT expires_at FROM api_tokens WHERE token_hash = $1';
  const rows = await db.query<{ expires_at: Date | null }>({
    name: 'apiTokens.expiry',
    text,
    values: [tokenHash],
  });
  return rows[0]?.expires_at ?? null;
}
