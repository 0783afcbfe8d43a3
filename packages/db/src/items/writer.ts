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
  readonly changed: number;
  /** An item whose client metadata is larger now than it may be. */
  readonly too_large: string | null;
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
    edited AS (SELECT id, folder_id, was, (was - $3::text[]) || $2::jsonb AS becomes FROM held),
    changed AS (
      UPDATE items i SET client_metadata = e.becomes, updated_at = now()
      FROM edited e WHERE i.folder_id = e.folder_id AND i.id = e.id AND e.was <> e.becomes
      RETURNING i.id, octet_length(i.client_metadata::text) AS bytes)
    SELECT (SELECT count(*) FROM held) AS found, (SELECT count(*) FROM changed) AS changed,
      (SELECT id FROM changed WHERE bytes > $4 ORDER BY id LIMIT 1) AS too_large`;
  const values = [JSON.stringify(items), edit.set, edit.remove, edit.maxBytes];
  const [result] = await tx.query<EditedMetadata>({ name: 'items.editMetadata', text, values });
  return result ?? { found: 0, changed: 0, too_large: null };
}

/** Moves the items that are in the folder `fromId`; answers how many there were. */
export async function moveItems(
  tx: Executor,
  fromId: string,
  toId: string,
  ids: readonly string[],
): Promise<number> {
  const text = `UPDATE items SET folder_id = $2, updated_at = now()
    WHERE folder_id = $1 AND id = ANY ($3::uuid[]) RETURNING id`;
  return (await tx.query({ name: 'items.move', text, values: [fromId, toId, ids] })).length;
}

/** Answers how many of the items were in the folder. */
export async function deleteItems(tx: Executor, folderId: string, ids: readonly string[]): Promise<number> {
  const text = 'DELETE FROM items WHERE folder_id = $1 AND id = ANY ($2::uuid[]) RETURNING id';
  return (await tx.query({ name: 'items.delete', text, values: [folderId, ids] })).length;
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
