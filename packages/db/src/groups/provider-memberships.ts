import type { Executor } from '../engine/executor.js';

/** Makes the user a member wherever one of these groups of the provider is named; answers the groups that are new to them. */
export async function insertProviderMemberships(
  db: Executor,
  userId: string,
  providerGroups: readonly string[],
): Promise<string[]> {
  const text = `INSERT INTO group_members (group_id, user_id, from_provider)
    SELECT id, $1, true FROM groups WHERE provider_group = ANY ($2::text[]) ORDER BY id
    ON CONFLICT (group_id, user_id) DO NOTHING RETURNING group_id`;
  const rows = await db.query<{ group_id: string }>({
    name: 'groupMembers.insertOfProvider',
    text,
    values: [userId, providerGroups],
  });
  return rows.map(({ group_id }) => group_id);
}

/** Ends the memberships that the provider made and does not name any more; answers their groups. */
export async function deleteProviderMemberships(
  db: Executor,
  userId: string,
  providerGroups: readonly string[],
): Promise<string[]> {
  const text = `DELETE FROM group_members m USING groups g
    WHERE m.user_id = $1 AND m.from_provider AND g.id = m.group_id
      AND (g.provider_group = ANY ($2::text[])) IS NOT TRUE
    RETURNING m.group_id`;
  const rows = await db.query<{ group_id: string }>({
    name: 'groupMembers.deleteOfProvider',
    text,
    values: [userId, providerGroups],
  });
  return rows.map(({ group_id }) => group_id);
}

/** Ends all memberships of a group that the provider made; answers how many. */
export async function deleteAllProviderMemberships(db: Executor, groupId: string): Promise<number> {
  const text = 'DELETE FROM group_members WHERE group_id = $1 AND from_provider RETURNING user_id';
  return (await db.query({ name: 'groupMembers.deleteAllOfProvider', text, values: [groupId] })).length;
}
