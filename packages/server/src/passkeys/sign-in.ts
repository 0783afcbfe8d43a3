import { LatchkeyError } from '@latchkey/contract/errors';
import type { SignedCredential } from '@latchkey/contract/schemas/passkey';
import { getPasskeyByCredentialId, type VerifyingRow } from '@latchkey/db/passkeys/reader';
import { notePasskeyUse } from '@latchkey/db/passkeys/writer';
import { getUser, type UserRow } from '@latchkey/db/users/reader';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordChange } from '../audit/record-change.js';
import { newToken, tokenHash } from '../auth/secrets.js';
import type { AppContext } from '../context.js';
import { challengeSeconds, keepChallenge, takeChallenge } from './challenges.js';
import { type RelyingParty, relyingPartyOf } from './relying-party.js';
import { verifyUse } from './verify.js';

/** Tells browsers that are not signed in apart, so that an answer is good only where it was asked for. */
const browserCookie = 'latchkey_passkey';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Options for the browser. They name no user and no passkey: the authenticator offers those that it has. */
export async function prepareSignIn(
  context: AppContext,
  { request, reply }: Exchange,
): Promise<Record<string, unknown>> {
  const { id, origin } = relyingPartyOf(context, request);
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: id,
    userVerification: 'required',
    timeout: challengeSeconds * 1000,
  });
  // Another tab of the same browser has asked with the cookie that is there.
  const token = request.cookies[browserCookie] || newToken('lkc_').token;
  await keepChallenge(context, options.challenge, { browserHash: tokenHash(token) });
  void reply.setCookie(browserCookie, token, {
    path: '/v2/public/session/passkey',
    httpOnly: true,
    sameSite: 'strict',
    secure: origin.startsWith('https:'),
    maxAge: challengeSeconds,
  });
  return { ...options };
}

/**
 * Throws `passkey_challenge_expired`, `passkey_wrong_origin`, `passkey_unknown`, `passkey_refused` and, with an entry in
 * the audit log, `passkey_copied`.
 */
export async function mustBePasskey(
  context: AppContext,
  request: FastifyRequest,
  credential: SignedCredential,
): Promise<{ readonly user: UserRow; readonly passkeyUuid: string }> {
  const relyingParty = relyingPartyOf(context, request);
  const { clientDataJSON, userHandle = '' } = credential.response;
  const browserHash = tokenHash(request.cookies[browserCookie] ?? '');
  const challenge = await takeChallenge(context, clientDataJSON, { browserHash }, relyingParty);
  const passkey = await mustBeKnown(context, credential.id, relyingParty);
  if (!Buffer.from(userHandle, 'base64url').equals(passkey.user_handle))
    throw new LatchkeyError('passkey_refused');
  const { signCount, syncState } = await verifyUse(credential, passkey.public_key, {
    challenge,
    relyingParty,
  });
  if (!(await notePasskeyUse(context.db, passkey.id, signCount, syncState)))
    throw await copied(context, passkey);
  const user = await getUser(context.db, passkey.user_id);
  if (!user) throw new LatchkeyError('passkey_unknown');
  return { user, passkeyUuid: passkey.id };
}

async function mustBeKnown(
  { db }: AppContext,
  credentialId: string,
  { id }: RelyingParty,
): Promise<VerifyingRow> {
  const passkey = await getPasskeyByCredentialId(db, Buffer.from(credentialId, 'base64url'));
  if (!passkey) throw new LatchkeyError('passkey_unknown');
  if (passkey.rp_id === id) return passkey;
  throw new LatchkeyError(
    'passkey_wrong_origin',
    `The passkey is for ${passkey.rp_id}, and this server is reached at ${id} now. Sign in another way and add a new one.`,
  );
}

async function copied(
  { db }: AppContext,
  { id, user_id }: Pick<VerifyingRow, 'id' | 'user_id'>,
): Promise<LatchkeyError> {
  await recordChange(db, { userId: user_id }, 'passkey.refuse-copy', { type: 'passkey', id });
  return new LatchkeyError('passkey_copied');
}
