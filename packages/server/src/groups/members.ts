import { LatchkeyError } from '@latchkey/contract/errors';
import type { AddedGroupMembers, GroupMember } from '@latchkey/contract/schemas/group';
import { listGroupMembers } from '@latchkey/db/groups/reader';
import { deleteGroupMember, insertGroupMembers } from '@latchkey/db/groups/writer';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { mustGetGroup, mustLockGroup } from './service.js';

export async function membersOfGroup({ db }: AppContext, groupId: string): Promise<GroupMember[]> {
  await mustGetGroup(db, groupId);
  const rows = await listGroupMembers(db, groupId);
  return rows.map(({ user_id, email, name, from_provider }) => ({
    userUuid: user_id,
    email,
    name,
    isFromProvider: from_provider,
  }));
}

export async function addMembersToGroup(
  { db }: AppContext,
  caller: Caller,
  groupId: string,
  userUuids: readonly string[],
): Promise<AddedGroupMembers> {
  const wanted = [...new Set(userUuids.map((uuid) => uuid.toLowerCase()))];
  return db.transaction(async (tx) => {
    await mustLockGroup(tx, groupId);
    const found = await insertGroupMembers(tx, groupId, wanted);
    const missing = wanted.find((id) => !found.some((user) => user.id === id));
    if (missing !== undefined)
      throw new LatchkeyError('user_not_found', `There is no user ${missing}. Nobody was added.`);
    const added = found.filter(({ isNew }) => isNew).map(({ id }) => id);
    if (added.length > 0)
      await recordChange(
        tx,
        caller,
        'group.add-members',
        { type: 'group', id: groupId },
        { userUuids: added },
      );
    return { addedCount: added.length, presentCount: found.length - added.length };
  });
}

export async function removeMemberFromGroup(
  { db }: AppContext,
  caller: Caller,
  groupId: string,
  userUuid: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await mustLockGroup(tx, groupId);
    if (!(await deleteGroupMember(tx, groupId, userUuid)))
      throw new LatchkeyError('user_not_found', 'The user is not in this group.');
    await recordChange(tx, caller, 'group.remove-member', { type: 'group', id: groupId }, { userUuid });
  });
}
