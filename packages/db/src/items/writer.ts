import type { Executor } from '../engine/executor.js';

export interface ItemPatch {
  readonly id: string;
  readonly folderId: string;
  /** Null members stay as they are. */
  readonly name: string | null;
  readonly description: string | null;
  /** JSON text. */
  readonly clientMetadata: string | null;
}

/** Answers how many items there were to change. */
export async function updateItems(tx: Executor, patches: readonly ItemPatch[]): Promise<number> {
  const text = `UPDATE items i SET name = coalesce(p.name, i.name), description = coalesce(p.description, i.description),
      client_metadata = coalesce(p."clientMetadata"::jsonb, i.client_metadata), updated_at = now()
    FROM json_to_recordset($1) AS p (id uuid, "folderId" uuid, name text, description text, "clientMetadata" text)
    WHERE i.folder_id = p."folderId" AND i.id = p.id RETURNING i.id`;
  const rows = await tx.query({ name: 'items.update', text, values: [JSON.stringify(patches)] });
  return rows.length;
}

export interface MetadataEdit {
  /** JSON text of an object: its keys take the place of those of the same name. */
  readonly set: string;
  readonly remove: readonly string[];
  /** Of the JSON text as the database writes it. */
  readonly maxBytes: number;
}

export interface EditedMetadata {
  /** Items that there were, changed or not. */
  readonly found: number;
  readonly changed_ids: readonly string[];
  /** Items whose client metadata would be larger than it may be: they are left as they are. */
  readonly too_large_ids: readonly string[];
}

/** Items that are so already are not touched. Takes the locks in the order of the ids. */
export async function editItemsMetadata(
  tx: Executor,
  items: readonly { readonly id: string; readonly folderId: string }[],
  edit: MetadataEdit,
): Promise<EditedMetadata> {
  const text = `WITH held AS (
      SELECT i.id, i.folder_id, coalesce(i.client_metadata, '{}') AS was
      FROM json_to_recordset($1) AS p (id uuid, "folderId" uuid) JOIN items i ON i.folder_id = p."folderId" AND i.id = p.id
      ORDER BY i.id FOR UPDATE OF i),
    edited AS MATERIALIZED (
      SELECT e.id, e.folder_id, e.becomes, octet_length(e.becomes::text) > $4 AS is_too_large
      FROM (SELECT id, folder_id, was, (was - $3::text[]) || $2::jsonb AS becomes FROM held) e WHERE e.was <> e.becomes),
    changed AS (
      UPDATE items i SET client_metadata = e.becomes, updated_at = now()
      FROM edited e WHERE i.folder_id = e.folder_id AND i.id = e.id AND NOT e.is_too_large RETURNING i.id)
    SELECT (SELECT count(*) FROM held) AS found, ARRAY(SELECT c.id FROM changed c ORDER BY c.id) AS changed_ids,
      ARRAY(SELECT e.id FROM edited e WHERE e.is_too_large ORDER BY e.id) AS too_large_ids`;
  const values = [JSON.stringify(items), edit.set, edit.remove, edit.maxBytes];
  const [result] = await tx.query<EditedMetadata>({ name: 'items.editMetadata', text, values });
  return result ?? { found: 0, changed_ids: [], too_large_ids: [] };
}

/** Moves the items that are in the folder `fromId`; answers which there were. */
export async function moveItems(
  tx: Executor,
  fromId: string,
  toId: string,
  ids: readonly string[],
): Promise<string[]> {
  const text = `UPDATE items SET folder_id = $2, updated_at = now()
    WHERE folder_id = $1 AND id = ANY ($3::uuid[]) RETURNING id`;
  const values = [fromId, toId, ids];
  return (await tx.query<{ id: string }>({ name: 'items.move', text, values })).map(({ id }) => id);
}

/** Answers which of the items were in the folder. */
export async function deleteItems(tx: Executor, folderId: string, ids: readonly string[]): Promise<string[]> {
  const text = 'DELETE FROM items WHERE folder_id = $1 AND id = ANY ($2::uuid[]) RETURNING id';
  const values = [folderId, ids];
  return (await tx.query<{ id: string }>({ name: 'items.delete', text, values })).map(({ id }) => id);
}

const deletionBatch = 20_000;

/** Deletes all items of a folder that the transaction has locked; answers how many. */
export async function deleteItemsOf(tx: Executor, folderId: string): Promise<number> {
  // Each batch begins behind the one before: its index entries stay until the transaction ends.
  const text = `WITH batch AS (SELECT id FROM items WHERE folder_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3),
      removed AS (DELETE FROM items i USING batch b WHERE i.folder_id = $1 AND i.id = b.id)
    SELECT count(*) AS deleted, (SELECT id FROM batch ORDER BY id DESC LIMIT 1) AS last_id FROM batch`;
  let total = 0;
  let after: string | null = null;
  for (;;) {
    const values: unknown[] = [folderId, after, deletionBatch];
    type Batch = { deleted: number; last_id: string | null };
    const [batch] = await tx.query<Batch>({ name: 'items.deleteBatch', text, values });
    total += batch?.deleted ?? 0;
    if (!batch || batch.deleted < deletionBatch) return total;
    after = batch.last_id;
  }
}
