import { LatchkeyError } from '@latchkey/contract/errors';
import type { Session } from '@latchkey/contract/schemas/user';
import type { SignInMethod } from '@latchkey/db/sessions/reader';
import { deleteExpiredSessions, insertSession } from '@latchkey/db/sessions/writer';
import { getUser, hasUsers, type UserRow } from '@latchkey/db/users/reader';
import { touchActiveUser } from '@latchkey/db/users/state-writer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { recordChange } from '../audit/record-change.js';
import { newToken } from '../auth/secrets.js';
import type { ServerConfig } from '../config/environment.js';
import type { AppContext, Caller } from '../context.js';
import { cookieOptions } from '../http/cookie-options.js';
import { networkOf } from '../http/network-of.js';
import { toStorable } from '../http/stored-text.js';
import { sessionCookie } from '../plugins/authentication.js';
import { pageOriginsOf } from '../plugins/content-security-policy.js';
import { version } from '../version.js';
import { toUser } from './to-user.js';

const sessionLifetimeSeconds = 30 * 24 * 3600;
const longestUserAgent = 500;

export async function getSessionView(context: AppContext, caller: Caller | null): Promise<Session> {
  const user = caller ? await getUser(context.db, caller.userId) : null;
  if (!user)
    return { user: null, isSetUp: await hasUsers(context.db), version, dataHosts: [], signerOrigins: [] };
  return toSessionView(context, user);
}

export async function toSessionView(context: AppContext, user: UserRow): Promise<Session> {
  const isOrganisationAdmin = user.organisation_role === 'admin';
  const { data, signers } = await pageOriginsOf(context, { userId: user.id, isOrganisationAdmin });
  return { user: toUser(user), isSetUp: true, version, dataHosts: [...data], signerOrigins: [...signers] };
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Signs the user in, whichever way they have shown who they are; the cookie goes out with the answer. Throws
 * `user_deactivated` and `service_account`.
 */
export async function beginSession(
  context: AppContext,
  { request, reply }: Exchange,
  user: UserRow,
  method: SignInMethod,
  /** For the audit log. */
  details: Readonly<Record<string, string>> = {},
): Promise<Session> {
  if (user.kind === 'service') throw new LatchkeyError('service_account');
  const lifetimeSeconds = lifetimeSecondsOf(context.config, method);
  const { token, hash } = newToken('lks_');
  const session = {
    id: uuidv7(),
    tokenHash: hash,
    userId: user.id,
    method,
    network: networkOf(request.ip),
    userAgent: toStorable(request.headers['user-agent'] ?? '').slice(0, longestUserAgent) || null,
    lifetimeSeconds,
  };
  await deleteExpiredSessions(context.db);
  await context.db.transaction(async (tx) => {
    if (!(await touchActiveUser(tx, user.id))) throw new LatchkeyError('user_deactivated');
    await insertSession(tx, session);
    await recordChange(
      tx,
      { userId: user.id },
      'session.begin',
      { type: 'session', id: session.id },
      { address: request.ip, method, ...details },
    );
  });
  setSessionCookie(context, reply, token, lifetimeSeconds);
  return toSessionView(context, user);
}

/** Whether somebody may still sign in by the provider is asked at each sign-in: so that has to come often enough. */
const lifetimeSecondsOf = ({ singleSignOn }: ServerConfig, method: SignInMethod): number =>
  method === 'singleSignOn' && singleSignOn ? singleSignOn.sessionHours * 3600 : sessionLifetimeSeconds;

function setSessionCookie({ config }: AppContext, reply: FastifyReply, token: string, maxAge: number): void {
  void reply.setCookie(sessionCookie, token, { ...cookieOptions(config), path: '/', maxAge });
}
