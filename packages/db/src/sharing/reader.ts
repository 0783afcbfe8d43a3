import type { Executor } from '../engine/executor.js';
import { sharedFolders } from '../folders/visibility.js';
import { type GroupRow, groupColumns } from '../groups/reader.js';
import { type SharedObject, sharedTables } from './shared-tables.js';

export interface SharedMemberRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

export interface SharedGroupRow extends GroupRow {
  readonly role: string;
}

/** Where a role comes from that is inherited: a folder above. Nulls: one that the viewer may not see. */
export interface Inherited {
  readonly from_id: string | null;
  readonly from_name: string | null;
}

const memberColumns = 'm.user_id, u.email, u.name, m.role';

/** The users that the object itself is shared with. */
export async function listSharedMembers(
  db: Executor,
  { kind, id }: SharedObject,
): Promise<SharedMemberRow[]> {
  const { members, objectId } = sharedTables[kind];
  const text = `SELECT ${memberColumns} FROM ${members} m JOIN users u ON u.id = m.user_id
    WHERE m.${objectId} = $1 ORDER BY u.email`;
  return db.query<SharedMemberRow>({ name: `${kind}Members.list`, text, values: [id] });
}

/** The groups that the object itself is shared with. */
export async function listSharedGroups(db: Executor, { kind, id }: SharedObject): Promise<SharedGroupRow[]> {
  const { groups, objectId } = sharedTables[kind];
  const text = `SELECT ${groupColumns}, s.role FROM ${groups} s JOIN groups g ON g.id = s.group_id
    WHERE s.${objectId} = $1 ORDER BY g.name`;
  return db.query<SharedGroupRow>({ name: `${kind}Groups.list`, text, values: [id] });
}

export interface InheritingViewer {
  readonly userId: string;
  readonly seesAll: boolean;
}

/** The folders above the one that is `$1`; their ids and names only if the viewer `$2`, `$3` may see them. */
const above = `SELECT a.id, CASE WHEN v.visible THEN a.id END AS from_id, CASE WHEN v.visible THEN a.name END AS from_name, cardinality(a.path) AS depth
    FROM folders f JOIN folders a ON a.id = ANY (f.path) AND a.id <> f.id
      CROSS JOIN LATERAL (SELECT $3::boolean OR a.path && ${sharedFolders('$2')} AS visible) v
    WHERE f.id = $1`;

/** The users of the folders above, the nearest first. */
export async function listInheritedMembers(
  db: Executor,
  folderId: string,
  { userId, seesAll }: InheritingViewer,
): Promise<(SharedMemberRow & Inherited)[]> {
  const text = `SELECT ${memberColumns}, a.from_id, a.from_name FROM (${above}) a
    JOIN folder_members m ON m.folder_id = a.id JOIN users u ON u.id = m.user_id ORDER BY a.depth DESC, u.email`;
  return db.query({ name: 'folderMembers.inherited', text, values: [folderId, userId, seesAll] });
}

/** The groups of the folders above, the nearest first. */
export async function listInheritedGroups(
  db: Executor,
  folderId: string,
  { userId, seesAll }: InheritingViewer,
): Promise<(SharedGroupRow & Inherited)[]> {
  const text = `SELECT ${groupColumns}, s.role, a.from_id, a.from_name FROM (${above}) a
    JOIN folder_groups s ON s.folder_id = a.id JOIN groups g ON g.id = s.group_id ORDER BY a.depth DESC, g.name`;
  return db.query({ name: 'folderGroups.inherited', text, values: [folderId, userId, seesAll] });
}
