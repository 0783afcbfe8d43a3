import type { Executor } from '../engine/executor.js';

export interface SecondFactorRow {
  readonly secret_sealed: Buffer;
  /** Null: not confirmed yet. */
  readonly enabled_at: Date | null;
  readonly recovery_codes_left: number;
}

export async function getSecondFactor(db: Executor, userId: string): Promise<SecondFactorRow | null> {
  const text = `SELECT f.secret_sealed, f.enabled_at,
      (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = f.user_id) AS recovery_codes_left
    FROM second_factors f WHERE f.user_id = $1`;
  const rows = await db.query<SecondFactorRow>({ name: 'secondFactors.get', text, values: [userId] });
  return rows[0] ?? null;
}
