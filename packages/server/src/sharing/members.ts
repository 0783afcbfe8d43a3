import { LatchkeyError } from '@latchkey/contract/errors';
import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';
import type { FolderMember, Member } from '@latchkey/contract/schemas/sharing';
import type { Executor } from '@latchkey/db/engine/executor';
import { listInheritedMembers, listSharedMembers } from '@latchkey/db/sharing/reader';
import type { SharedObject } from '@latchkey/db/sharing/shared-tables';
import { deleteSharedMember, upsertSharedMember } from '@latchkey/db/sharing/writer';
import { getUserByEmail, type UserRow } from '@latchkey/db/users/reader';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { isStorable } from '../http/stored-text.js';
import { keepingAdmin, refusals } from './shared-objects.js';
import { toFolderMember, toInheritedFrom, toMember } from './to-shared.js';

export async function membersOf({ db }: AppContext, object: SharedObject): Promise<Member[]> {
  return (await listSharedMembers(db, object)).map(toMember);
}

/** Those of the folder itself, and then the inherited ones, the nearest first. */
export async function membersOfFolder(
  { db }: AppContext,
  caller: Caller,
  folder: SharedObject,
  includeInherited: boolean,
): Promise<FolderMember[]> {
  const own = await listSharedMembers(db, folder);
  const viewer = { userId: caller.userId, seesAll: caller.isOrganisationAdmin };
  const inherited = includeInherited ? await listInheritedMembers(db, folder.id, viewer) : [];
  return [
    ...own.map((row) => toFolderMember(row, null)),
    ...inherited.map((row) => toFolderMember(row, toInheritedFrom(row))),
  ];
}

export async function setMember(
  { db }: AppContext,
  caller: Caller,
  object: SharedObject,
  userEmail: string,
  role: FolderRole | UserRole,
): Promise<{ user_id: string; email: string; name: string; role: FolderRole | UserRole }> {
  return db.transaction(async (tx) => {
    const user = await mustHaveUser(tx, userEmail.trim());
    await keepingAdmin(tx, object, async () => {
      if (!(await upsertSharedMember(tx, object, user.id, role)))
        throw new LatchkeyError(refusals[object.kind].missing);
    });
    const subject = { type: object.kind, id: object.id };
    await recordChange(tx, caller, `${object.kind}.set-member`, subject, {
      userUuid: user.id,
      userRole: role,
    });
    return { user_id: user.id, email: user.email, name: user.name, role };
  });
}

export async function removeMember(
  { db }: AppContext,
  caller: Caller,
  object: SharedObject,
  userId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await keepingAdmin(tx, object, async () => {
      if (!(await deleteSharedMember(tx, object, userId)))
        throw new LatchkeyError('user_not_found', `The user is not a member of this ${object.kind}.`);
    });
    const subject = { type: object.kind, id: object.id };
    await recordChange(tx, caller, `${object.kind}.remove-member`, subject, { userUuid: userId });
  });
}

async function mustHaveUser(tx: Executor, email: string): Promise<UserRow> {
  const user = isStorable(email) ? await getUserByEmail(tx, email) : null;
  if (user?.deactivated_at) throw new LatchkeyError('user_not_active');
  if (user) return user;
  throw new LatchkeyError(
    'user_not_found',
    'No user of this server has this e-mail address. An administrator of the organisation creates users.',
  );
}
