import { randomBytes } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { CreatedCredential, Passkey } from '@latchkey/contract/schemas/passkey';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import { listCredentialIds } from '@latchkey/db/passkeys/reader';
import { ensureUserHandle, insertPasskey } from '@latchkey/db/passkeys/writer';
import { getUser } from '@latchkey/db/users/reader';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { toStorable, toStoredText } from '../http/stored-text.js';
import { challengeSeconds, keepChallenge, takeChallenge } from './challenges.js';
import { relyingPartyOf } from './relying-party.js';
import { toPasskey } from './service.js';
import { algorithms, verifyCreation } from './verify.js';

const handleBytes = 32;

/** Options for the browser. It lists what the user has, so that no authenticator makes a second passkey. */
export async function prepare(
  context: AppContext,
  caller: Caller,
  request: FastifyRequest,
): Promise<Record<string, unknown>> {
  const { id } = relyingPartyOf(context, request);
  const user = await getUser(context.db, caller.userId);
  const handle = await ensureUserHandle(context.db, caller.userId, randomBytes(handleBytes));
  if (!user || !handle) throw new LatchkeyError('user_not_found');
  const known = await listCredentialIds(context.db, caller.userId);
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: 'Latchkey',
    rpID: id,
    userID: new Uint8Array(handle),
    userName: user.email,
    userDisplayName: user.name || user.email,
    timeout: challengeSeconds * 1000,
    excludeCredentials: known.map(({ credential_id, transports }) => ({
      id: credential_id.toString('base64url'),
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
  await keepChallenge(context, options.challenge, caller);
  return { ...options };
}

interface MadePasskey {
  readonly name: string;
  readonly credential: CreatedCredential;
}

/** Throws `passkey_challenge_expired`, `passkey_wrong_origin`, `passkey_refused` and `passkey_taken`. */
export async function add(
  context: AppContext,
  caller: Caller,
  request: FastifyRequest,
  { name, credential }: MadePasskey,
): Promise<Passkey> {
  const relyingParty = relyingPartyOf(context, request);
  const { clientDataJSON, transports = [] } = credential.response;
  const challenge = await takeChallenge(context, clientDataJSON, caller, relyingParty);
  const made = await verifyCreation(credential, { challenge, relyingParty });
  try {
    const row = await insertPasskey(context.db, {
      ...made,
      id: uuidv7(),
      userId: caller.userId,
      name: toStoredText(name.trim(), 'name'),
      rpId: relyingParty.id,
      transports: transports.map(toStorable),
    });
    return toPasskey(row);
  } catch (error) {
    if (isUniqueViolation(error, 'passkeys_credential_id_key')) throw new LatchkeyError('passkey_taken');
    throw error;
  }
}
