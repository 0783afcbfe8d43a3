import type { Executor } from '../engine/executor.js';

export type SignInMethod = 'password' | 'passkey' | 'singleSignOn' | 'link';

export interface SessionRow {
  readonly id: string;
  readonly method: SignInMethod;
  readonly network: string | null;
  readonly user_agent: string | null;
  readonly created_at: Date;
  readonly last_used_at: Date;
  readonly expires_at: Date;
}

/** Whether it began within so many seconds. */
export async function isFreshSession(db: Executor, id: string, seconds: number): Promise<boolean> {
  const text = 'SELECT id FROM sessions WHERE id = $1 AND created_at > now() - make_interval(secs => $2)';
  return (await db.query({ name: 'sessions.isFresh', text, values: [id, seconds] })).length === 1;
}

/** Those that have not expired, the one used last first. */
export async function listSessions(db: Executor, userId: string): Promise<SessionRow[]> {
  const text = `SELECT id, method, network, user_agent, created_at, last_used_at, expires_at FROM sessions
    WHERE user_id = $1 AND expires_at > now() ORDER BY last_used_at DESC, id`;
  return db.query<SessionRow>({ name: 'sessions.list', text, values: [userId] });
}
