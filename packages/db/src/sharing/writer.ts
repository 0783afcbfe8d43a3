import type { Executor } from '../engine/executor.js';
import { type SharedObject, sharedTables } from './shared-tables.js';

/**
 * Also gives a member another role. The object is kept from being deleted until the end of the transaction. False:
 * there is no such object.
 */
export async function upsertSharedMember(
  tx: Executor,
  { kind, id }: SharedObject,
  userId: string,
  role: string,
): Promise<boolean> {
  const { objects, members, objectId } = sharedTables[kind];
  const text = `INSERT INTO ${members} (${objectId}, user_id, role)
    SELECT o.id, $2, $3 FROM ${objects} o WHERE o.id = $1 FOR KEY SHARE
    ON CONFLICT (${objectId}, user_id) DO UPDATE SET role = excluded.role RETURNING user_id`;
  const rows = await tx.query({ name: `${kind}Members.upsert`, text, values: [id, userId, role] });
  return rows.length === 1;
}

/** False: the user is no member. */
export async function deleteSharedMember(
  tx: Executor,
  { kind, id }: SharedObject,
  userId: string,
): Promise<boolean> {
  const { members, objectId } = sharedTables[kind];
  const text = `DELETE FROM ${members} WHERE ${objectId} = $1 AND user_id = $2 RETURNING user_id`;
  const rows = await tx.query({ name: `${kind}Members.delete`, text, values: [id, userId] });
  return rows.length === 1;
}

/** The ids that are groups; each has the role now. */
export async function upsertSharedGroups(
  tx: Executor,
  { kind, id }: SharedObject,
  groupIds: readonly string[],
  role: string,
): Promise<string[]> {
  const { groups, objectId } = sharedTables[kind];
  const text = `INSERT INTO ${groups} (${objectId}, group_id, role)
    SELECT $1, g.id, $3 FROM groups g WHERE g.id = ANY ($2::uuid[]) ORDER BY g.id FOR KEY SHARE
    ON CONFLICT (${objectId}, group_id) DO UPDATE SET role = excluded.role RETURNING group_id`;
  const values = [id, groupIds, role];
  const rows = await tx.query<{ group_id: string }>({ name: `${kind}Groups.upsert`, text, values });
  return rows.map(({ group_id }) => group_id);
}

/** The groups that it was shared with. */
export async function deleteSharedGroups(
  tx: Executor,
  { kind, id }: SharedObject,
  groupIds: readonly string[],
): Promise<string[]> {
  const { groups, objectId } = sharedTables[kind];
  const text = `DELETE FROM ${groups} WHERE ${objectId} = $1 AND group_id = ANY ($2::uuid[]) RETURNING group_id`;
  const rows = await tx.query<{ group_id: string }>({
    name: `${kind}Groups.delete`,
    text,
    values: [id, groupIds],
  });
  return rows.map(({ group_id }) => group_id);
}

/**
 * The active users that administer the object, by a role of their own on it or, of a folder, on one above it. Held until the
 * end of the transaction: two who take each other away at the same time do not pass each other.
 */
export async function lockSharedAdmins(tx: Executor, { kind, id }: SharedObject): Promise<string[]> {
  const { members, objectId } = sharedTables[kind];
  const places = kind === 'folder' ? 'ANY ((SELECT f.path FROM folders f WHERE f.id = $1)::uuid[])' : '$1';
  const text = `SELECT m.user_id FROM ${members} m JOIN users u ON u.id = m.user_id
    WHERE m.${objectId} = ${places} AND m.role = 'admin' AND u.deactivated_at IS NULL
    ORDER BY m.${objectId}, m.user_id FOR UPDATE OF m`;
  const rows = await tx.query<{ user_id: string }>({ name: `${kind}Members.lockAdmins`, text, values: [id] });
  return rows.map(({ user_id }) => user_id);
}
