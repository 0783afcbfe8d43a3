import type { Executor } from '../engine/executor.js';

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly created_at: Date;
  readonly members_count: number;
  readonly provider_group: string | null;
}

/** Columns of `GroupRow` for `groups g`. */
export const groupColumns = `g.id, g.name, g.description, g.created_at, g.provider_group,
    (SELECT count(*) FROM group_members m WHERE m.group_id = g.id) AS members_count`;
const select = `SELECT ${groupColumns} FROM groups g`;

export async function listGroups(db: Executor): Promise<GroupRow[]> {
  return db.query<GroupRow>({ name: 'groups.list', text: `${select} ORDER BY g.name` });
}

export async function getGroup(db: Executor, id: string): Promise<GroupRow | null> {
  const text = `${select} WHERE g.id = $1`;
  const rows = await db.query<GroupRow>({ name: 'groups.get', text, values: [id] });
  return rows[0] ?? null;
}

export interface GroupUsesRow {
  readonly folders_count: number;
  readonly datasets_count: number;
  readonly integrations_count: number;
}

/** How much is shared with the group. */
export async function countGroupUses(db: Executor, id: string): Promise<GroupUsesRow> {
  const text = `SELECT (SELECT count(*) FROM folder_groups WHERE group_id = $1) AS folders_count,
    (SELECT count(*) FROM dataset_groups WHERE group_id = $1) AS datasets_count,
    (SELECT count(*) FROM integration_groups WHERE group_id = $1) AS integrations_count`;
  const [row] = await db.query<GroupUsesRow>({ name: 'groups.countUses', text, values: [id] });
  if (!row) throw new Error('groups.countUses returned no row');
  return row;
}

export interface GroupMemberRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly from_provider: boolean;
}

export async function listGroupMembers(db: Executor, groupId: string): Promise<GroupMemberRow[]> {
  const text = `SELECT m.user_id, u.email, u.name, m.from_provider FROM group_members m JOIN users u ON u.id = m.user_id
    WHERE m.group_id = $1 ORDER BY u.email`;
  return db.query<GroupMemberRow>({ name: 'groupMembers.list', text, values: [groupId] });
}
