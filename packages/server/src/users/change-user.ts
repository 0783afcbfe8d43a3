import { LatchkeyError } from '@latchkey/contract/errors';
import type { PatchUser } from '@latchkey/contract/schemas/user-state';
import { deleteLinksMadeBy } from '@latchkey/db/one-time-links/writer';
import type { UserRow } from '@latchkey/db/users/reader';
import { updateUser } from '@latchkey/db/users/state-writer';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';
import { mustGetUser } from './must-get-user.js';
import { keepingOrganisationAdmin } from './organisation-admins.js';

/** Throws `user_not_found`, `service_account` and `organisation_last_admin`. */
export function changeUser(
  { db }: AppContext,
  caller: Caller,
  userId: string,
  { name, organisationRole }: PatchUser,
): Promise<UserRow> {
  const change = {
    name: name === undefined ? null : toStoredText(name, 'name'),
    organisationRole: organisationRole ?? null,
  };
  return db.transaction((tx) =>
    keepingOrganisationAdmin(tx, caller, async () => {
      const { id, kind, organisation_role: formerRole } = await mustGetUser(tx, userId);
      if (kind === 'service' && organisationRole === 'admin') throw new LatchkeyError('service_account');
      // Members make none; those of a former administrator would let others in.
      if (formerRole === 'admin' && organisationRole === 'member') await deleteLinksMadeBy(tx, id);
      const user = await updateUser(tx, id, change);
      const fields = Object.entries(change).flatMap(([field, value]) => (value === null ? [] : field));
      const roles = organisationRole === undefined ? {} : { organisationRole, formerRole };
      await recordChange(tx, caller, 'user.change', { type: 'user', id }, { fields, ...roles });
      return user;
    }),
  );
}
