import type { CopyColumns } from '../engine/copy-rows.js';
import type { Executor } from '../engine/executor.js';
import { roleInFolder } from '../folders/visibility.js';
import { Parameters } from '../paging/keyset.js';
import { type ItemScope, scopeConditions } from './places.js';
import type { ItemRow } from './reader.js';

/** Columns of new members in the order in which `COPY` lists them. The item's id is the first. */
export const newMemberColumns = {
  item_id: 'uuid',
  position: 'integer',
  id: 'uuid',
  member_item_id: 'uuid',
  type: 'text',
  name: 'text',
  url_head: 'text',
  url_tail_sealed: 'bytea',
  identity_hash: 'bytea',
  expires_at: 'timestamptz',
  expiry_certainty: 'text',
  metadata_source: 'text',
  file_size: 'bigint',
  mime_type: 'text',
  width: 'integer',
  height: 'integer',
  media_details: 'jsonb',
} as const satisfies CopyColumns<string>;
export type NewMemberColumn = keyof typeof newMemberColumns;

const newMemberColumnNames = Object.keys(newMemberColumns);

/** Rows of `newMemberColumns`, as `CopyRows` writes them. */
export async function copyNewMembers(tx: Executor, binary: Uint8Array): Promise<void> {
  await tx.copy({ name: 'members.copy', table: 'item_members', columns: newMemberColumnNames, binary });
}

/** Makes the connection's table of members of known items, empty at the start of each transaction, and fills it. */
export async function stageKnownMembers(tx: Executor, binary: Uint8Array): Promise<void> {
  await tx.query({
    name: 'knownMembers.create',
    text: `CREATE TEMP TABLE IF NOT EXISTS staged_members ON COMMIT DELETE ROWS AS
        SELECT ${newMemberColumnNames.join(', ')} FROM item_members WITH NO DATA;
      DELETE FROM staged_members`,
  });
  await tx.copy({
    name: 'knownMembers.stage',
    table: 'staged_members',
    columns: newMemberColumnNames,
    binary,
  });
}

/** Gives the members of known items the staged object URLs: an item of the same identity has the same members. */
export async function renewKnownMembers(tx: Executor): Promise<void> {
  const text = `UPDATE item_members m SET url_head = s.url_head, url_tail_sealed = s.url_tail_sealed,
      expires_at = s.expires_at, expiry_certainty = s.expiry_certainty
    FROM staged_members s WHERE m.item_id = s.item_id AND m.position = s.position
      AND m.item_id = ANY (ARRAY(SELECT item_id FROM staged_members))`;
  await tx.query({ name: 'knownMembers.renew', text });
}

/** The members that have an object of their own, as items that are in the item's folder, in their order. */
export async function listMembers(db: Executor, itemId: string, withSecrets: boolean): Promise<ItemRow[]> {
  const text = `SELECT ${memberColumns(withSecrets)} FROM item_members m JOIN items i ON i.id = m.item_id
      JOIN users u ON u.id = i.created_by
    WHERE m.item_id = $1 AND m.member_item_id IS NULL ORDER BY m.position`;
  return db.query<ItemRow>({ name: 'members.list', text, values: [itemId] });
}

/** Members by their own ids; those that do not exist are left out. */
export async function getMembers(
  db: Executor,
  ids: readonly string[],
  withSecrets: boolean,
): Promise<ItemRow[]> {
  const text = `SELECT ${memberColumns(withSecrets)} FROM item_members m JOIN items i ON i.id = m.item_id
      JOIN users u ON u.id = i.created_by
    WHERE m.id = ANY ($1::uuid[]) AND m.member_item_id IS NULL`;
  return db.query<ItemRow>({ name: 'members.get', text, values: [ids] });
}

/** Columns of `ItemRow` for `item_members m JOIN items i JOIN users u`: what a member lacks is that of its item. */
function memberColumns(withSecrets: boolean): string {
  return `m.id, i.folder_id, m.type, m.name, '' AS description, i.integration_id, m.url_head,
    ${withSecrets ? 'm.url_tail_sealed' : 'NULL::bytea AS url_tail_sealed'}, m.identity_hash, m.expires_at, m.expiry_certainty,
    m.metadata_source, m.file_size, m.mime_type, m.width, m.height, NULL::float8 AS duration, NULL::float8 AS fps,
    NULL::integer AS audio_sample_rate, NULL::integer AS audio_bit_depth, NULL::text AS audio_codec,
    NULL::integer AS audio_num_channels, NULL::integer AS num_pages, NULL::integer AS frame_count,
    m.media_details::text AS media_details, NULL::text AS client_metadata, u.email AS owner,
    0::bigint AS data_units_count, i.created_at, i.updated_at`;
}

/** The registered items that a group is made of, in their order. */
export async function listMemberItems(db: Executor, itemId: string): Promise<string[]> {
  const text =
    'SELECT member_item_id FROM item_members WHERE item_id = $1 AND member_item_id IS NOT NULL ORDER BY position';
  const rows = await db.query<{ member_item_id: string }>({ name: 'members.items', text, values: [itemId] });
  return rows.map((row) => row.member_item_id);
}

export interface MemberOfItem extends ItemRow {
  readonly item_id: string;
}

/** The members with an object of their own of several items, item by item in their order. */
export async function listMembersOf(
  db: Executor,
  itemIds: readonly string[],
  withSecrets: boolean,
): Promise<MemberOfItem[]> {
  const text = `SELECT m.item_id, ${memberColumns(withSecrets)} FROM item_members m JOIN items i ON i.id = m.item_id
      JOIN users u ON u.id = i.created_by
    WHERE m.item_id = ANY ($1::uuid[]) AND m.member_item_id IS NULL ORDER BY m.item_id, m.position`;
  return db.query<MemberOfItem>({ name: 'members.listOf', text, values: [itemIds] });
}

/** The registered items that several groups are made of, group by group in their order. */
export async function listMemberItemsOf(
  db: Executor,
  itemIds: readonly string[],
): Promise<{ readonly item_id: string; readonly member_item_id: string }[]> {
  const text = `SELECT item_id, member_item_id FROM item_members
    WHERE item_id = ANY ($1::uuid[]) AND member_item_id IS NOT NULL ORDER BY item_id, position`;
  return db.query({ name: 'members.itemsOf', text, values: [itemIds] });
}

const successor = '(SELECT u.handed_over_to FROM users u WHERE u.id = $2)';

/**
 * Of the ids those of items that the user may use, with their types. The running jobs of a user whose things were
 * handed over go on: they may use what the one who has got them may.
 */
export async function listUsableItems(
  db: Executor,
  ids: readonly string[],
  userId: string,
): Promise<{ readonly id: string; readonly type: string }[]> {
  const text = `SELECT i.id, i.type FROM items i JOIN folders f ON f.id = i.folder_id WHERE i.id = ANY ($1::uuid[])
    AND (${roleInFolder('f.path', '$2')} IS NOT NULL OR ${roleInFolder('f.path', successor)} IS NOT NULL
      OR EXISTS (SELECT 1 FROM users u WHERE u.id = $2 AND u.organisation_role = 'admin'))`;
  return db.query({ name: 'members.usableItems', text, values: [ids, userId] });
}

export interface GroupUseRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly folder_id: string;
  readonly folder_name: string;
  /** Its folder is in the scope. */
  readonly is_open: boolean;
}

/** The items that an item is a member of, those outside of the scope as well. */
export async function listGroupsOfItem(
  db: Executor,
  itemId: string,
  scope: ItemScope,
): Promise<GroupUseRow[]> {
  const parameters = new Parameters();
  const item = parameters.add(itemId);
  const open = scopeConditions('i', { scope, types: null }, parameters);
  const text = `SELECT i.id, i.name, i.type, i.folder_id, o.name AS folder_name, ${open[0] ?? 'true'} AS is_open
    FROM items i JOIN folders o ON o.id = i.folder_id
    WHERE i.id IN (SELECT item_id FROM item_members WHERE member_item_id = ${item}
      UNION SELECT item_id FROM item_members WHERE id = ${item}) ORDER BY i.name, i.id`;
  return db.query<GroupUseRow>({ name: 'members.groupsOf', text, values: parameters.values });
}
