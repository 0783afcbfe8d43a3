import type { Executor } from '../engine/executor.js';

export interface ExpiringToken {
  readonly api_token_id: string;
  readonly user_id: string;
}

/**
 * Tokens that expire within the time, were made before it, and of which nobody was told; they count as told of from now
 * on, if the transaction commits.
 */
export async function claimExpiringTokens(
  tx: Executor,
  leadSeconds: number,
  limit: number,
): Promise<ExpiringToken[]> {
  const text = `UPDATE api_tokens SET expiry_noticed_at = now() WHERE id IN (
      SELECT id FROM api_tokens
      WHERE expires_at > now() AND expires_at <= now() + make_interval(secs => $1) AND expiry_noticed_at IS NULL
        AND created_at < expires_at - make_interval(secs => $1)
      ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING id AS api_token_id, user_id`;
  return tx.query<ExpiringToken>({
    name: 'apiTokens.claimExpiring',
    text,
    values: [leadSeconds, limit],
  });
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
