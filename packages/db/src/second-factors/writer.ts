import type { Executor } from '../engine/executor.js';

/** False: the user has one that is enabled, which stays. */
export async function upsertPendingSecondFactor(
  tx: Executor,
  userId: string,
  secretSealed: Buffer,
): Promise<boolean> {
  const text = `INSERT INTO second_factors AS f (user_id, secret_sealed) VALUES ($1, $2)
    ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, created_at = now()
      WHERE f.enabled_at IS NULL
    RETURNING user_id`;
  const values = [userId, secretSealed];
  return (await tx.query({ name: 'secondFactors.upsertPending', text, values })).length === 1;
}

/** False: it is enabled already, or gone. */
export async function enableSecondFactor(tx: Executor, userId: string, step: number): Promise<boolean> {
  const text = `UPDATE second_factors SET enabled_at = now(), last_step = $2
    WHERE user_id = $1 AND enabled_at IS NULL RETURNING user_id`;
  return (await tx.query({ name: 'secondFactors.enable', text, values: [userId, step] })).length === 1;
}

/** False: a code of this time step, or of a later one, was taken before. */
export async function takeStep(db: Executor, userId: string, step: number): Promise<boolean> {
  const text = `UPDATE second_factors SET last_step = $2
    WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2) RETURNING user_id`;
  return (await db.query({ name: 'secondFactors.takeStep', text, values: [userId, step] })).length === 1;
}

export async function deleteSecondFactor(db: Executor, userId: string): Promise<boolean> {
  const text = 'DELETE FROM second_factors WHERE user_id = $1 RETURNING user_id';
  return (await db.query({ name: 'secondFactors.delete', text, values: [userId] })).length === 1;
}

export async function deleteRecoveryCodes(tx: Executor, userId: string): Promise<void> {
  const text = 'DELETE FROM recovery_codes WHERE user_id = $1';
  await tx.query({ name: 'recoveryCodes.deleteAll', text, values: [userId] });
}

export async function insertRecoveryCodes(
  tx: Executor,
  userId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  const text = 'INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])';
  await tx.query({ name: 'recoveryCodes.insert', text, values: [userId, hashes] });
}

/** True for the one caller that used the code. */
export async function useRecoveryCode(db: Executor, userId: string, codeHash: Buffer): Promise<boolean> {
  const text = 'DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2 RETURNING user_id';
  return (await db.query({ name: 'recoveryCodes.use', text, values: [userId, codeHash] })).length === 1;
}
