import type { Session } from '@latchkey/contract/schemas/user';
import { getUser, hasUsers, type UserRow } from '@latchkey/db/users/reader';
import type { FastifyReply } from 'fastify';
import { sessionLifetimeSeconds } from '../auth/service.js';
import type { AppContext, Caller } from '../context.js';
import { sessionCookie } from '../plugins/authentication.js';
import { pageOriginsOf } from '../plugins/content-security-policy.js';
import { version } from '../version.js';
import { toUser } from './to-user.js';

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

export function setSessionCookie(context: AppContext, reply: FastifyReply, token: string): void {
  const secure = context.config.publicUrl?.startsWith('https:') ?? false;
  void reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: sessionLifetimeSeconds,
  });
}
