import { LatchkeyError } from '@latchkey/contract/errors';
import type { DeactivatedUser } from '@latchkey/contract/schemas/user-state';
import type { Executor } from '@latchkey/db/engine/executor';
import { deleteLinksMadeBy, deletePasswordReset } from '@latchkey/db/one-time-links/writer';
import { deleteOtherSessions } from '@latchkey/db/sessions/writer';
import { countTheirs } from '@latchkey/db/users/hand-over';
import type { UserRow } from '@latchkey/db/users/reader';
import { deactivateUser, reactivateUser } from '@latchkey/db/users/state-writer';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { handOver } from './hand-over.js';
import { mustGetUser } from './must-get-user.js';
import { keepingOrganisationAdmin } from './organisation-admins.js';
import { toUser } from './to-user.js';

/**
 * Also for a user who is deactivated. Throws `user_not_found`, `own_user`, `organisation_last_admin`, and what `handOver`
 * does; then nothing has changed.
 */
export function deactivate(
  { db }: AppContext,
  caller: Caller,
  userId: string,
  handOverTo: string | null,
): Promise<DeactivatedUser> {
  return db.transaction((tx) =>
    keepingOrganisationAdmin(tx, caller, async () => {
      const { id } = await mustGetUser(tx, userId);
      if (id === caller.userId) throw new LatchkeyError('own_user');
      const endedSessionsCount = await shutOut(tx, caller, id);
      const handedOver = handOverTo === null ? null : await handOver(tx, caller, id, handOverTo);
      const { running_jobs: runningJobsCount } = await countTheirs(tx, id, []);
      return { user: toUser(await mustGetUser(tx, id)), endedSessionsCount, runningJobsCount, handedOver };
    }),
  );
}

/** Answers how many sessions have ended. */
async function shutOut(tx: Executor, caller: Caller, id: string): Promise<number> {
  if (!(await deactivateUser(tx, id))) return 0;
  const endedSessionsCount = await deleteOtherSessions(tx, id, null);
  const revokedLinksCount = (await deleteLinksMadeBy(tx, id)) + (await deletePasswordReset(tx, id));
  const details = { endedSessionsCount, revokedLinksCount };
  await recordChange(tx, caller, 'user.deactivate', { type: 'user', id }, details);
  return endedSessionsCount;
}

/** Also for a user who is active. Throws `user_not_found`. */
export function reactivate({ db }: AppContext, caller: Caller, userId: string): Promise<UserRow> {
  return db.transaction((tx) =>
    keepingOrganisationAdmin(tx, caller, async () => {
      if (await reactivateUser(tx, userId))
        await recordChange(tx, caller, 'user.reactivate', { type: 'user', id: userId.toLowerCase() });
      return mustGetUser(tx, userId);
    }),
  );
}
