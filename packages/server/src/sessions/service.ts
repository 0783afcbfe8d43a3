import { LatchkeyError } from '@latchkey/contract/errors';
import type { UserSession } from '@latchkey/contract/schemas/session';
import { listSessions, type SessionRow } from '@latchkey/db/sessions/reader';
import { deleteOtherSessions } from '@latchkey/db/sessions/writer';
import { getPasswordHash } from '@latchkey/db/users/reader';
import { updatePassword } from '@latchkey/db/users/writer';
import { hashPassword, isPassword } from '../auth/secrets.js';
import type { AppContext, Caller } from '../context.js';

export async function getSessions({ db }: AppContext, caller: Caller): Promise<UserSession[]> {
  return (await listSessions(db, caller.userId)).map((row) => toUserSession(row, caller));
}

const toUserSession = (row: SessionRow, { sessionId }: Caller): UserSession => ({
  uuid: row.id,
  method: row.method,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  network: row.network,
  userAgent: row.user_agent,
  isCurrent: row.id === sessionId,
});

/** Throws `wrong_password`, also for a user who has none. */
export async function mustBeOwnPassword({ db }: AppContext, caller: Caller, password: string): Promise<void> {
  const stored = await getPasswordHash(db, caller.userId);
  if (await isPassword(password, stored)) return;
  throw new LatchkeyError(
    'wrong_password',
    stored === null
      ? 'Your user has no password. An administrator can give you a link that sets one.'
      : undefined,
  );
}

/** Answers how many other sessions have ended. */
export async function changePassword(
  context: AppContext,
  caller: Caller,
  passwords: { readonly currentPassword: string; readonly newPassword: string },
): Promise<number> {
  await mustBeOwnPassword(context, caller, passwords.currentPassword);
  const passwordHash = await hashPassword(passwords.newPassword);
  return context.db.transaction(async (tx) => {
    await updatePassword(tx, caller.userId, passwordHash);
    return deleteOtherSessions(tx, caller.userId, caller.sessionId);
  });
}
