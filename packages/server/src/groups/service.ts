import { LatchkeyError } from '@latchkey/contract/errors';
import type { CreateGroup, Group, GroupUses, PatchGroup } from '@latchkey/contract/schemas/group';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { deleteAllProviderMemberships } from '@latchkey/db/groups/provider-memberships';
import { countGroupUses, type GroupRow, getGroup, listGroups } from '@latchkey/db/groups/reader';
import {
  deleteGroup,
  insertGroup,
  lockGroup,
  updateGroup,
  updateProviderGroup,
} from '@latchkey/db/groups/writer';
import { v7 as uuidv7 } from 'uuid';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';

export async function listAllGroups({ db }: AppContext): Promise<Group[]> {
  return (await listGroups(db)).map(toGroup);
}

export async function getGroupUses({ db }: AppContext, id: string): Promise<GroupUses> {
  const row = await mustGetGroup(db, id);
  const uses = await countGroupUses(db, id);
  return {
    ...toGroup(row),
    foldersCount: uses.folders_count,
    datasetsCount: uses.datasets_count,
    integrationsCount: uses.integrations_count,
  };
}

export async function createGroupFor(
  { db }: AppContext,
  caller: Caller,
  { name, description, providerGroup }: CreateGroup,
): Promise<Group> {
  const id = uuidv7();
  const group = {
    id,
    name: toStoredText(name, 'name'),
    description: toStoredText(description ?? '', 'description'),
    providerGroup: toStoredProviderGroup(providerGroup ?? null),
  };
  return withFreeName(() =>
    db.transaction(async (tx) => {
      await insertGroup(tx, group);
      await recordChange(
        tx,
        caller,
        'group.create',
        { type: 'group', id },
        { name: group.name, ...(group.providerGroup !== null && { providerGroup: group.providerGroup }) },
      );
      return toGroup(await mustGetGroup(tx, id));
    }),
  );
}

export async function changeGroup(
  { db }: AppContext,
  caller: Caller,
  id: string,
  { name, description, providerGroup }: PatchGroup,
): Promise<Group> {
  const change = {
    name: name === undefined ? null : toStoredText(name, 'name'),
    description: description === undefined ? null : toStoredText(description, 'description'),
  };
  return withFreeName(() =>
    db.transaction(async (tx) => {
      if (!(await updateGroup(tx, id, change))) throw new LatchkeyError('group_not_found');
      const details = {
        ...(change.name !== null && { name: change.name }),
        ...(providerGroup !== undefined && (await followAnother(tx, id, providerGroup))),
      };
      await recordChange(tx, caller, 'group.change', { type: 'group', id }, details);
      return toGroup(await mustGetGroup(tx, id));
    }),
  );
}

/** Whoever came by the former group of the provider leaves with it. Answers what is told of the change. */
async function followAnother(
  tx: Executor,
  id: string,
  given: string | null,
): Promise<Record<string, unknown>> {
  const providerGroup = toStoredProviderGroup(given);
  if (providerGroup === (await mustGetGroup(tx, id)).provider_group) return {};
  await updateProviderGroup(tx, id, providerGroup);
  return { providerGroup, membersLeft: await deleteAllProviderMemberships(tx, id) };
}

const toStoredProviderGroup = (given: string | null): string | null =>
  given === null ? null : toStoredText(given, 'providerGroup');

export async function removeGroup({ db }: AppContext, caller: Caller, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    await mustLockGroup(tx, id);
    const { name, members_count: membersCount } = await mustGetGroup(tx, id);
    await deleteGroup(tx, id);
    await recordChange(tx, caller, 'group.delete', { type: 'group', id }, { name, membersCount });
  });
}

export async function mustLockGroup(tx: Executor, id: string): Promise<void> {
  if (!(await lockGroup(tx, id))) throw new LatchkeyError('group_not_found');
}

export async function mustGetGroup(db: Executor, id: string): Promise<GroupRow> {
  const row = await getGroup(db, id);
  if (!row) throw new LatchkeyError('group_not_found');
  return row;
}

async function withFreeName<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'groups_name_key')) throw new LatchkeyError('group_name_taken');
    throw error;
  }
}

export const toGroup = (row: GroupRow): Group => ({
  groupHash: row.id,
  name: row.name,
  description: row.description,
  createdAt: row.created_at.toISOString(),
  membersCount: row.members_count,
  providerGroup: row.provider_group,
});
