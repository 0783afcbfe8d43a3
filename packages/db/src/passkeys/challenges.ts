import type { Executor } from '../engine/executor.js';

/** Who may answer: a user, in the session that asked, or a browser that is not signed in. */
export type Answerer =
  | { readonly userId: string; readonly sessionId: string | null }
  | { readonly browserHash: Buffer };

const valuesOf = (answerer: Answerer): readonly unknown[] =>
  'userId' in answerer ? [answerer.userId, answerer.sessionId, null] : [null, null, answerer.browserHash];

export async function insertPasskeyChallenge(
  db: Executor,
  challengeHash: Buffer,
  answerer: Answerer,
  lifetimeSeconds: number,
): Promise<void> {
  const text = `INSERT INTO passkey_challenges (challenge_hash, user_id, session_id, browser_hash, expires_at)
    VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))`;
  const values = [challengeHash, ...valuesOf(answerer), lifetimeSeconds];
  await db.query({ name: 'passkeyChallenges.insert', text, values });
}

/** True for the one caller that took the challenge, if it may. */
export async function takePasskeyChallenge(
  db: Executor,
  challengeHash: Buffer,
  answerer: Answerer,
): Promise<boolean> {
  const text = `DELETE FROM passkey_challenges
    WHERE challenge_hash = $1 AND user_id IS NOT DISTINCT FROM $2::uuid AND session_id IS NOT DISTINCT FROM $3::uuid
      AND browser_hash IS NOT DISTINCT FROM $4::bytea AND expires_at > now()
    RETURNING challenge_hash`;
  const values = [challengeHash, ...valuesOf(answerer)];
  return (await db.query({ name: 'passkeyChallenges.take', text, values })).length === 1;
}

export async function deleteExpiredPasskeyChallenges(db: Executor): Promise<void> {
  const text = 'DELETE FROM passkey_challenges WHERE expires_at <= now()';
  await db.query({ name: 'passkeyChallenges.deleteExpired', text });
}
