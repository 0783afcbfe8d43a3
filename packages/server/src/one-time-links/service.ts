import { LatchkeyError } from '@latchkey/contract/errors';
import type { CreatedOneTimeLink } from '@latchkey/contract/schemas/one-time-link';
import { getOneTimeLink, type OneTimeLinkRow } from '@latchkey/db/one-time-links/reader';
import { upsertInvitation, upsertPasswordReset, useOneTimeLink } from '@latchkey/db/one-time-links/writer';
import { deleteOtherSessions } from '@latchkey/db/sessions/writer';
import { getUserByEmail, type UserRow } from '@latchkey/db/users/reader';
import { updatePassword } from '@latchkey/db/users/writer';
import { v7 as uuidv7 } from 'uuid';
import { recordChange } from '../audit/record-change.js';
import { hashPassword, newToken, tokenHash } from '../auth/secrets.js';
import { createUser } from '../auth/service.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';
import { mustGetUser } from '../users/must-get-user.js';

/** The page that takes the token; behind "#", which browsers send to no server. */
const linkUrl = (origin: string, token: string): string => `${origin}/link#${token}`;

interface Invitation {
  readonly email: string;
  readonly organisationRole: 'admin' | 'member';
  readonly lifetimeHours: number;
}

/** Throws `email_taken`. */
export async function invite(
  context: AppContext,
  caller: Caller,
  invitation: Invitation,
  origin: string,
): Promise<CreatedOneTimeLink> {
  const email = toStoredText(invitation.email, 'email');
  const { organisationRole } = invitation;
  if (await getUserByEmail(context.db, email)) throw new LatchkeyError('email_taken');
  const { token, hash } = newToken('lki_');
  const id = uuidv7();
  const expiresAt = await context.db.transaction(async (tx) => {
    await recordChange(
      tx,
      caller,
      'invitation.create',
      { type: 'one-time-link', id },
      { email: email.toLowerCase(), organisationRole },
    );
    return upsertInvitation(tx, { ...invitation, id, email, tokenHash: hash, createdBy: caller.userId });
  });
  return { linkUuid: id, url: linkUrl(origin, token), expiresAt: expiresAt.toISOString() };
}

/** Throws `user_not_found`, `service_account` and `user_not_active`. */
export async function linkNewPassword(
  { db }: AppContext,
  caller: Caller,
  reset: { readonly userId: string; readonly lifetimeHours: number },
  origin: string,
): Promise<CreatedOneTimeLink> {
  const user = await mustGetUser(db, reset.userId);
  if (user.kind === 'service') throw new LatchkeyError('service_account');
  if (user.deactivated_at) throw new LatchkeyError('user_not_active');
  const { token, hash } = newToken('lkp_');
  const id = uuidv7();
  const expiresAt = await upsertPasswordReset(db, {
    ...reset,
    id,
    tokenHash: hash,
    createdBy: caller.userId,
  });
  return { linkUuid: id, url: linkUrl(origin, token), expiresAt: expiresAt.toISOString() };
}

/** Throws `link_not_found`. */
export async function mustHaveLink(
  { db }: AppContext,
  token: string,
  kind?: OneTimeLinkRow['kind'],
): Promise<OneTimeLinkRow> {
  const link = await getOneTimeLink(db, tokenHash(token));
  if (!link || (kind !== undefined && link.kind !== kind)) throw new LatchkeyError('link_not_found');
  return link;
}

/** Throws `link_not_found`, and `email_taken` if the address has got a user meanwhile; the link stays then. */
export async function becomeUser(
  context: AppContext,
  given: { readonly token: string; readonly name: string; readonly password: string },
): Promise<UserRow> {
  const { id, email, organisation_role } = await mustHaveLink(context, given.token, 'invitation');
  return context.db.transaction(async (tx) => {
    if (!(await useOneTimeLink(tx, tokenHash(given.token)))) throw new LatchkeyError('link_not_found');
    const { name, password } = given;
    const user = await createUser({ db: tx }, { email, name, password, organisationRole: organisation_role });
    await recordChange(
      tx,
      { userId: user.id },
      'user.create',
      { type: 'user', id: user.id },
      { invitationUuid: id },
    );
    return user;
  });
}

/** Ends all sessions of the user and starts none: a second factor is asked for as before. Throws `link_not_found`. */
export async function setPasswordByLink(
  context: AppContext,
  given: { readonly token: string; readonly password: string },
): Promise<void> {
  const { id, user_id } = await mustHaveLink(context, given.token, 'passwordReset');
  if (user_id === null) throw new LatchkeyError('link_not_found');
  const passwordHash = await hashPassword(given.password);
  await context.db.transaction(async (tx) => {
    if (!(await useOneTimeLink(tx, tokenHash(given.token)))) throw new LatchkeyError('link_not_found');
    await updatePassword(tx, user_id, passwordHash);
    await deleteOtherSessions(tx, user_id, null);
    await recordChange(
      tx,
      { userId: user_id },
      'user.reset-password',
      { type: 'user', id: user_id },
      { linkUuid: id },
    );
  });
}
