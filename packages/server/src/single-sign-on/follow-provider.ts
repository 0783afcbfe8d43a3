import type { Executor } from '@latchkey/db/engine/executor';
import {
  deleteProviderMemberships,
  insertProviderMemberships,
} from '@latchkey/db/groups/provider-memberships';
import { deleteLinksMadeBy } from '@latchkey/db/one-time-links/writer';
import { updateIdentity } from '@latchkey/db/single-sign-on/identities';
import { lockOrganisationAdmins, type UserRow } from '@latchkey/db/users/reader';
import { updateUser } from '@latchkey/db/users/state-writer';
import { recordChange } from '../audit/record-change.js';
import type { SingleSignOnConfig } from '../config/single-sign-on-settings.js';
import type { ProviderClaims } from './provider-claims.js';

interface SignedIn {
  readonly user: UserRow;
  /** Was made an admin by the provider, and not by a person. */
  readonly wasAdminByProvider: boolean;
}

const source = 'singleSignOn';

/** Brings what the provider decides about in line with what it says: memberships and roles that people gave stay. */
export async function followProvider(
  tx: Executor,
  config: SingleSignOnConfig,
  claims: ProviderClaims,
  signedIn: SignedIn,
): Promise<void> {
  await followGroups(tx, claims.groups, signedIn.user.id);
  const isAdmin = claims.groups.some((group) => config.adminGroups.includes(group));
  await updateIdentity(tx, claims, await followRole(tx, signedIn, isAdmin));
}

async function followGroups(tx: Executor, groups: readonly string[], userId: string): Promise<void> {
  const record = (action: string, groupId: string, details: Record<string, unknown>): Promise<void> =>
    recordChange(tx, { userId }, action, { type: 'group', id: groupId }, { ...details, source });
  for (const groupId of await deleteProviderMemberships(tx, userId, groups))
    await record('group.remove-member', groupId, { userUuid: userId });
  for (const groupId of await insertProviderMemberships(tx, userId, groups))
    await record('group.add-members', groupId, { userUuids: [userId] });
}

/** Answers whether the user is an admin by the provider from now on. The last admin stays one. */
async function followRole(
  tx: Executor,
  { user, wasAdminByProvider }: SignedIn,
  isAdmin: boolean,
): Promise<boolean> {
  const isAdminNow = user.organisation_role === 'admin';
  if (isAdmin) {
    if (!isAdminNow) await changeRole(tx, user, 'admin');
    return !isAdminNow || wasAdminByProvider;
  }
  if (!wasAdminByProvider || !isAdminNow) return false;
  const admins = await lockOrganisationAdmins(tx);
  if (admins.every((id) => id === user.id)) return true;
  await changeRole(tx, user, 'member');
  return false;
}

async function changeRole(
  tx: Executor,
  { id, organisation_role: formerRole }: UserRow,
  organisationRole: UserRow['organisation_role'],
): Promise<void> {
  if (organisationRole === 'member') await deleteLinksMadeBy(tx, id);
  await updateUser(tx, id, { name: null, organisationRole });
  const details = { fields: ['organisationRole'], organisationRole, formerRole, source };
  await recordChange(tx, { userId: id }, 'user.change', { type: 'user', id }, details);
}
