import type { Executor } from '../engine/executor.js';
import type { FolderRole } from '../folders/reader.js';
import { roleInFolder } from '../folders/visibility.js';

/** Of a member, the folder of its item. */
export async function getItemFolder(db: Executor, id: string): Promise<string | null> {
  const rows = await db.query<{ folder_id: string }>({
    name: 'items.folder',
    text: `SELECT folder_id FROM items WHERE id = $1
      UNION ALL SELECT i.folder_id FROM item_members m JOIN items i ON i.id = m.item_id WHERE m.id = $1`,
    values: [id],
  });
  return rows[0]?.folder_id ?? null;
}

export interface ItemAccessRow {
  readonly id: string;
  readonly folder_id: string;
  readonly role: FolderRole | null;
}

/** A member is open to whom its item is. Items that do not exist are left out. */
export async function listItemAccess(
  db: Executor,
  ids: readonly string[],
  userId: string,
): Promise<ItemAccessRow[]> {
  const text = `WITH asked AS (
      SELECT i.id, i.folder_id FROM items i WHERE i.id = ANY ($1::uuid[])
      UNION ALL SELECT m.id, i.folder_id FROM item_members m JOIN items i ON i.id = m.item_id WHERE m.id = ANY ($1::uuid[]))
    SELECT i.id, i.folder_id, ${roleInFolder('f.path', '$2')} AS role
    FROM asked i JOIN folders f ON f.id = i.folder_id`;
  return db.query<ItemAccessRow>({ name: 'items.access', text, values: [ids, userId] });
}

export interface ItemRow {
  readonly id: string;
  readonly folder_id: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly integration_id: string | null;
  /** Null for an item whose members have the objects. */
  readonly url_head: string | null;
  /** Null if the URL holds no secret, or if it was not asked for. */
  readonly url_tail_sealed: Buffer | null;
  readonly identity_hash: Buffer;
  readonly expires_at: Date | null;
  readonly expiry_certainty: 'exact' | 'upper-bound' | 'unknown' | 'malformed' | null;
  readonly metadata_source: 'manifest' | 'probe' | null;
  readonly file_size: number | null;
  readonly mime_type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration: number | null;
  readonly fps: number | null;
  readonly audio_sample_rate: number | null;
  readonly audio_bit_depth: number | null;
  readonly audio_codec: string | null;
  readonly audio_num_channels: number | null;
  readonly num_pages: number | null;
  readonly frame_count: number | null;
  /** JSON text. */
  readonly media_details: string | null;
  /** JSON text. */
  readonly client_metadata: string | null;
  readonly owner: string;
  /** Datasets that the item is in. */
  readonly data_units_count: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Columns of `ItemRow` for `items i JOIN users u`. `withSecrets`: also what makes the object URL whole. */
export function itemColumns(withSecrets: boolean): string {
  return `i.id, i.folder_id, i.type, i.name, i.description, i.integration_id, i.url_head,
    ${withSecrets ? 'i.url_tail_sealed' : 'NULL::bytea AS url_tail_sealed'}, i.identity_hash, i.expires_at, i.expiry_certainty,
    i.metadata_source, i.file_size, i.mime_type, i.width, i.height, i.duration, i.fps, i.audio_sample_rate, i.audio_bit_depth,
    i.audio_codec, i.audio_num_channels, i.num_pages, i.frame_count, i.media_details::text AS media_details, i.client_metadata::text AS client_metadata, u.email AS owner,
    (SELECT count(*) FROM dataset_items di WHERE di.item_id = i.id) AS data_units_count,
    i.created_at, i.updated_at`;
}

/** Items that do not exist are left out; the order is not that of the ids. */
export async function getItems(
  db: Executor,
  ids: readonly string[],
  withSecrets: boolean,
): Promise<ItemRow[]> {
  const text = `SELECT ${itemColumns(withSecrets)} FROM items i JOIN users u ON u.id = i.created_by
    WHERE i.id = ANY ($1::uuid[])`;
  return db.query<ItemRow>({ name: 'items.get', text, values: [ids] });
}

/** Which of the ids are items of the folder. */
export async function listItemIdsIn(
  db: Executor,
  folderId: string,
  ids: readonly string[],
): Promise<string[]> {
  const text = 'SELECT i.id FROM items i WHERE i.folder_id = $1 AND i.id = ANY ($2::uuid[])';
  const rows = await db.query<{ id: string }>({ name: 'items.idsIn', text, values: [folderId, ids] });
  return rows.map(({ id }) => id);
}

export interface ItemLabel {
  readonly id: string;
  readonly name: string;
  readonly url_head: string | null;
}

/** Of the ids those that are items of the folder, in no order. */
export async function listItemLabels(
  db: Executor,
  folderId: string,
  ids: readonly string[],
): Promise<ItemLabel[]> {
  const text =
    'SELECT i.id, i.name, i.url_head FROM items i WHERE i.folder_id = $1 AND i.id = ANY ($2::uuid[])';
  return db.query<ItemLabel>({ name: 'items.labels', text, values: [folderId, ids] });
}
