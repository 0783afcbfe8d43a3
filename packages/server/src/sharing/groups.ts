import { LatchkeyError } from '@latchkey/contract/errors';
import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';
import type { AddFolderGroups, FolderGroup } from '@latchkey/contract/schemas/sharing';
import { listInheritedGroups, listSharedGroups, type SharedGroupRow } from '@latchkey/db/sharing/reader';
import type { SharedObject } from '@latchkey/db/sharing/shared-tables';
import { deleteSharedGroups, upsertSharedGroups } from '@latchkey/db/sharing/writer';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { toFolderGroup, toInheritedFrom } from './to-shared.js';

export function groupsOf({ db }: AppContext, object: SharedObject): Promise<SharedGroupRow[]> {
  return listSharedGroups(db, object);
}

/** Those of the folder itself, and then the inherited ones, the nearest first. */
export async function groupsOfFolder(
  { db }: AppContext,
  caller: Caller,
  folder: SharedObject,
  includeInherited: boolean,
): Promise<FolderGroup[]> {
  const own = await listSharedGroups(db, folder);
  const viewer = { userId: caller.userId, seesAll: caller.isOrganisationAdmin };
  const inherited = includeInherited ? await listInheritedGroups(db, folder.id, viewer) : [];
  return [
    ...own.map((row) => toFolderGroup(row, null)),
    ...inherited.map((row) => toFolderGroup(row, toInheritedFrom(row))),
  ];
}

/** The official client knows users and admins of a folder; its users look and change nothing. */
export function folderRoleOf({ folderRole, userRole }: AddFolderGroups): FolderRole {
  if (folderRole !== undefined) return folderRole;
  if (userRole !== undefined) return userRole === 'admin' ? 'admin' : 'viewer';
  throw new LatchkeyError(
    'invalid_request',
    'The body needs the field "folderRole" (viewer, editor or admin) or "userRole" (user or admin).',
    { details: { place: 'body', field: 'folderRole' } },
  );
}

export async function shareWithGroups(
  { db }: AppContext,
  caller: Caller,
  object: SharedObject,
  groupHashes: readonly string[],
  role: FolderRole | UserRole,
): Promise<void> {
  const ids = toIds(groupHashes);
  await db.transaction(async (tx) => {
    mustHaveAll(ids, await upsertSharedGroups(tx, object, ids, role), 'There is no group');
    const subject = { type: object.kind, id: object.id };
    await recordChange(tx, caller, `${object.kind}.set-groups`, subject, {
      groupHashes: ids,
      userRole: role,
    });
  });
}

export async function unshareWithGroups(
  { db }: AppContext,
  caller: Caller,
  object: SharedObject,
  groupHashes: readonly string[],
): Promise<void> {
  const ids = toIds(groupHashes);
  await db.transaction(async (tx) => {
    const removed = await deleteSharedGroups(tx, object, ids);
    mustHaveAll(ids, removed, `The ${object.kind} itself is not shared with a group`);
    const subject = { type: object.kind, id: object.id };
    await recordChange(tx, caller, `${object.kind}.remove-groups`, subject, { groupHashes: ids });
  });
}

const toIds = (groupHashes: readonly string[]): string[] => [
  ...new Set(groupHashes.map((hash) => hash.toLowerCase())),
];

function mustHaveAll(wanted: readonly string[], found: readonly string[], message: string): void {
  const missing = wanted.find((id) => !found.includes(id));
  if (missing === undefined) return;
  throw new LatchkeyError('group_not_found', `${message} ${missing}. Nothing was changed.`, {
    details: { uuid: missing },
  });
}
