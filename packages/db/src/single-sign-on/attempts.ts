import type { Executor } from '../engine/executor.js';

export interface NewAttempt {
  readonly tokenHash: Buffer;
  readonly returnPath: string;
  readonly lifetimeSeconds: number;
}

export async function insertAttempt(db: Executor, attempt: NewAttempt): Promise<void> {
  const text = `INSERT INTO single_sign_on_attempts (token_hash, return_path, expires_at)
    VALUES ($1, $2, now() + make_interval(secs => $3))`;
  const values = [attempt.tokenHash, attempt.returnPath, attempt.lifetimeSeconds];
  await db.query({ name: 'singleSignOnAttempts.insert', text, values });
}

/** The path to go on to, for the one caller that finishes the attempt; null: there is none, or it has expired. */
export async function useAttempt(db: Executor, tokenHash: Buffer): Promise<string | null> {
  const text = `DELETE FROM single_sign_on_attempts WHERE token_hash = $1
    RETURNING return_path, expires_at > now() AS is_open`;
  const [row] = await db.query<{ return_path: string; is_open: boolean }>({
    name: 'singleSignOnAttempts.use',
    text,
    values: [tokenHash],
  });
  return row?.is_open ? row.return_path : null;
}

export async function deleteExpiredAttempts(db: Executor): Promise<void> {
  const text = 'DELETE FROM single_sign_on_attempts WHERE expires_at <= now()';
  await db.query({ name: 'singleSignOnAttempts.deleteExpired', text });
}
