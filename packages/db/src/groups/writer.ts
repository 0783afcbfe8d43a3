import type { Executor } from '../engine/executor.js';

export interface NewGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly providerGroup: string | null;
}

export async function insertGroup(db: Executor, group: NewGroup): Promise<void> {
  const text = 'INSERT INTO groups (id, name, description, provider_group) VALUES ($1, $2, $3, $4)';
  const values = [group.id, group.name, group.description, group.providerGroup];
  await db.query({ name: 'groups.insert', text, values });
}

/** Null stays as it is. False: there is no such group. */
export async function updateGroup(
  db: Executor,
  id: string,
  change: { readonly name: string | null; readonly description: string | null },
): Promise<boolean> {
  const text = `UPDATE groups SET name = coalesce($2, name), description = coalesce($3, description), updated_at = now()
    WHERE id = $1 RETURNING id`;
  const values = [id, change.name, change.description];
  return (await db.query({ name: 'groups.update', text, values })).length === 1;
}

/** Null: none. */
export async function updateProviderGroup(
  db: Executor,
  id: string,
  providerGroup: string | null,
): Promise<void> {
  const text = 'UPDATE groups SET provider_group = $2 WHERE id = $1';
  await db.query({ name: 'groups.updateProviderGroup', text, values: [id, providerGroup] });
}

/** Keeps the group from being deleted until the end of the transaction. False: there is none. */
export async function lockGroup(db: Executor, id: string): Promise<boolean> {
  const text = 'SELECT id FROM groups WHERE id = $1 FOR NO KEY UPDATE';
  return (await db.query({ name: 'groups.lock', text, values: [id] })).length === 1;
}

export async function deleteGroup(db: Executor, id: string): Promise<void> {
  await db.query({ name: 'groups.delete', text: 'DELETE FROM groups WHERE id = $1', values: [id] });
}

/** The ids that are users; `isNew`: the user was not in the group. */
export async function insertGroupMembers(
  db: Executor,
  groupId: string,
  userIds: readonly string[],
): Promise<{ id: string; isNew: boolean }[]> {
  const text = `WITH found AS (SELECT u.id FROM users u WHERE u.id = ANY ($2::uuid[]) ORDER BY u.id FOR KEY SHARE),
    added AS (INSERT INTO group_members (group_id, user_id) SELECT $1, id FROM found
      ON CONFLICT (group_id, user_id) DO NOTHING RETURNING user_id)
    SELECT f.id, a.user_id IS NOT NULL AS "isNew" FROM found f LEFT JOIN added a ON a.user_id = f.id`;
  return db.query({ name: 'groupMembers.insert', text, values: [groupId, userIds] });
}

/** False: the user is not in the group. */
export async function deleteGroupMember(db: Executor, groupId: string, userId: string): Promise<boolean> {
  const text = 'DELETE FROM group_members WHERE group_id = $1 AND user_id = $2 RETURNING user_id';
  return (await db.query({ name: 'groupMembers.delete', text, values: [groupId, userId] })).length === 1;
}
