import type { Executor } from '../engine/executor.js';

/**
 * Held until the transaction ends. `change` (moves and deletions) waits for all others; `add` (a new folder below
 * a parent) only for changes: so no folder gets a path that is being rewritten, and no two moves make a circle.
 */
export async function lockFolderTree(tx: Executor, mode: 'add' | 'change'): Promise<void> {
  const lock = mode === 'add' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.query({
    name: 'folders.lockTree',
    text: `SELECT ${lock}(hashtextextended('latchkey folder tree', 0))`,
  });
}

export interface NewFolder {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly description: string;
  /** JSON text. */
  readonly clientMetadata: string | null;
  readonly createdBy: string;
}

/** False: the parent does not exist. */
export async function insertFolder(tx: Executor, folder: NewFolder): Promise<boolean> {
  const text = `INSERT INTO folders (id, parent_id, path, name, description, client_metadata, created_by)
    SELECT $1::uuid, $2::uuid, coalesce(p.path, '{}') || $1::uuid, $3, $4, $5::jsonb, $6::uuid
    FROM (SELECT 1) one LEFT JOIN folders p ON p.id = $2::uuid
    WHERE $2::uuid IS NULL OR p.id IS NOT NULL
    RETURNING id`;
  const { id, parentId, name, description, clientMetadata, createdBy } = folder;
  const values = [id, parentId, name, description, clientMetadata, createdBy];
  return (await tx.query({ name: 'folders.insert', text, values })).length === 1;
}

export async function upsertFolderAdmins(
  tx: Executor,
  folderIds: readonly string[],
  userId: string,
): Promise<void> {
  const text = `INSERT INTO folder_members (folder_id, user_id, role) SELECT unnest($1::uuid[]), $2, 'admin'
    ON CONFLICT (folder_id, user_id) DO UPDATE SET role = 'admin'`;
  await tx.query({ name: 'folderMembers.upsertAdmins', text, values: [folderIds, userId] });
}

export interface FolderPatch {
  readonly id: string;
  /** Null members stay as they are. */
  readonly name: string | null;
  readonly description: string | null;
  /** JSON text. */
  readonly clientMetadata: string | null;
}

/** Answers how many folders there were to change. */
export async function updateFolders(tx: Executor, patches: readonly FolderPatch[]): Promise<number> {
  const text = `UPDATE folders f SET name = coalesce(p.name, f.name), description = coalesce(p.description, f.description),
      client_metadata = coalesce(p."clientMetadata"::jsonb, f.client_metadata), updated_at = now()
    FROM json_to_recordset($1) AS p (id uuid, name text, description text, "clientMetadata" text)
    WHERE f.id = p.id RETURNING f.id`;
  const rows = await tx.query({ name: 'folders.update', text, values: [JSON.stringify(patches)] });
  return rows.length;
}

/** Puts the folder with all below it under another parent; null: to the top level. */
export async function moveFolder(tx: Executor, id: string, newParentId: string | null): Promise<void> {
  const text = `UPDATE folders f SET
      path = coalesce((SELECT p.path FROM folders p WHERE p.id = $2::uuid), '{}') || f.path[cardinality(m.path):],
      parent_id = CASE WHEN f.id = m.id THEN $2::uuid ELSE f.parent_id END,
      updated_at = CASE WHEN f.id = m.id THEN now() ELSE f.updated_at END
    FROM folders m WHERE m.id = $1::uuid AND f.path @> ARRAY[$1::uuid]`;
  await tx.query({ name: 'folders.move', text, values: [id, newParentId] });
}
