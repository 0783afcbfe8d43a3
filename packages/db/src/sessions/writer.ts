import type { Executor } from '../engine/executor.js';
import type { SignInMethod } from './reader.js';

export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly method: SignInMethod;
  readonly network: string | null;
  readonly userAgent: string | null;
  readonly lifetimeSeconds: number;
}

export async function insertSession(db: Executor, session: NewSession): Promise<void> {
  const text = `INSERT INTO sessions (id, token_hash, user_id, method, network, user_agent, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`;
  const { id, tokenHash, userId, method, network, userAgent, lifetimeSeconds } = session;
  const values = [id, tokenHash, userId, method, network, userAgent, lifetimeSeconds];
  await db.query({ name: 'sessions.insert', text, values });
}

export async function deleteSession(db: Executor, tokenHash: Buffer): Promise<void> {
  const text = 'DELETE FROM sessions WHERE token_hash = $1';
  await db.query({ name: 'sessions.delete', text, values: [tokenHash] });
}

export async function deleteSessionOfUser(db: Executor, userId: string, id: string): Promise<boolean> {
  const text = 'DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id';
  return (await db.query({ name: 'sessions.deleteOfUser', text, values: [id, userId] })).length === 1;
}

/** All sessions of the user but one; null keeps none. Answers how many. */
export async function deleteOtherSessions(
  db: Executor,
  userId: string,
  keptId: string | null,
): Promise<number> {
  const text = 'DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2::uuid RETURNING id';
  return (await db.query({ name: 'sessions.deleteOthers', text, values: [userId, keptId] })).length;
}

export async function deleteExpiredSessions(db: Executor): Promise<void> {
  await db.query({ name: 'sessions.deleteExpired', text: 'DELETE FROM sessions WHERE expires_at <= now()' });
}
