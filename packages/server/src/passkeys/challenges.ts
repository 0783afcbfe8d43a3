import { LatchkeyError } from '@latchkey/contract/errors';
import {
  type Answerer,
  deleteExpiredPasskeyChallenges,
  insertPasskeyChallenge,
  takePasskeyChallenge,
} from '@latchkey/db/passkeys/challenges';
import { fieldsOf } from '../audit/request-entry.js';
import { tokenHash } from '../auth/secrets.js';
import type { AppContext } from '../context.js';
import type { RelyingParty } from './relying-party.js';

export const challengeSeconds = 300;

/** `challenge` in base64url, as the browser sees it. */
export async function keepChallenge(
  { db }: AppContext,
  challenge: string,
  answerer: Answerer,
): Promise<void> {
  await deleteExpiredPasskeyChallenges(db);
  await insertPasskeyChallenge(db, tokenHash(challenge), answerer, challengeSeconds);
}

/**
 * Uses up the challenge that the browser has answered, and gives it. Throws `passkey_refused`,
 * `passkey_challenge_expired` and `passkey_wrong_origin`.
 */
export async function takeChallenge(
  { db }: AppContext,
  clientDataJson: string,
  answerer: Answerer,
  relyingParty: RelyingParty,
): Promise<string> {
  const { challenge, origin } = readClientData(clientDataJson);
  if (!(await takePasskeyChallenge(db, tokenHash(challenge), answerer)))
    throw new LatchkeyError('passkey_challenge_expired');
  if (origin !== relyingParty.origin) throw wrongOrigin(origin, relyingParty);
  return challenge;
}

function readClientData(clientDataJson: string): { challenge: string; origin: string } {
  try {
    const text = Buffer.from(clientDataJson, 'base64url').toString('utf8');
    const { challenge, origin } = fieldsOf(JSON.parse(text));
    if (typeof challenge === 'string' && typeof origin === 'string') return { challenge, origin };
  } catch (cause) {
    throw new LatchkeyError('passkey_refused', undefined, { cause });
  }
  throw new LatchkeyError('passkey_refused');
}

function wrongOrigin(given: string, { origin }: RelyingParty): LatchkeyError {
  const answered = URL.canParse(given) ? new URL(given).origin : 'another address';
  return new LatchkeyError(
    'passkey_wrong_origin',
    `The passkey answered at ${answered}, and this server is reached at ${origin}. Open Latchkey there.`,
  );
}
