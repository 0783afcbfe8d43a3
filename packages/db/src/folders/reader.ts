import type { Executor } from '../engine/executor.js';
import { roleInFolder, sharedFolders } from './visibility.js';

export type FolderRole = 'viewer' | 'editor' | 'admin';

/** Null: no such folder. A null role: none. */
export async function getFolderRole(
  db: Executor,
  id: string,
  userId: string,
): Promise<{ role: FolderRole | null } | null> {
  const text = `SELECT ${roleInFolder('f.path', '$2')} AS role FROM folders f WHERE f.id = $1`;
  const rows = await db.query<{ role: FolderRole | null }>({
    name: 'folders.role',
    text,
    values: [id, userId],
  });
  return rows[0] ?? null;
}

export interface FolderAccessRow {
  readonly id: string;
  /** From the root down to the folder itself. */
  readonly path: string[];
  readonly role: FolderRole | null;
}

/** Folders that do not exist are left out. */
export async function listFolderAccess(
  db: Executor,
  ids: readonly string[],
  userId: string,
): Promise<FolderAccessRow[]> {
  const text = `SELECT f.id, f.path, ${roleInFolder('f.path', '$2')} AS role FROM folders f WHERE f.id = ANY ($1::uuid[])`;
  return db.query<FolderAccessRow>({ name: 'folders.access', text, values: [ids, userId] });
}

/** Who looks: `seesAll` for those to whom every folder is open. */
export interface FolderViewer {
  readonly userId: string;
  readonly seesAll: boolean;
}

export interface FolderRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** JSON text. */
  readonly client_metadata: string | null;
  readonly owner: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly role: FolderRole | null;
  /** The end of the minute in which the first object URL of the folder's own items dies; null: none is known to. */
  readonly earliest_expiry: Date | null;
  /** From the folder itself upwards, as far as the viewer may see. */
  readonly lineage: { readonly id: string; readonly name: string }[];
}

/** Columns of `FolderRow` for `folders f JOIN users u`. */
export function folderColumns(userId: string, seesAll: string): string {
  return `f.id, f.name, f.description, f.client_metadata::text AS client_metadata, u.email AS owner, f.created_at, f.updated_at,
    ${roleInFolder('f.path', userId)} AS role,
    (SELECT min(e.expired_by) FROM folder_expiry_counts e WHERE e.folder_id = f.id AND e.items_count > 0) AS earliest_expiry,
    (SELECT json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY cardinality(a.path) DESC)
      FROM folders a WHERE a.id = ANY (f.path) AND (${seesAll} OR a.path && ${sharedFolders(userId)})) AS lineage`;
}

/** Folders that do not exist are left out; the order is not that of the ids. */
export async function getFolders(
  db: Executor,
  ids: readonly string[],
  viewer: FolderViewer,
): Promise<FolderRow[]> {
  const text = `SELECT ${folderColumns('$1', '$2::boolean')} FROM folders f JOIN users u ON u.id = f.created_by
    WHERE f.id = ANY ($3::uuid[])`;
  return db.query<FolderRow>({ name: 'folders.get', text, values: [viewer.userId, viewer.seesAll, ids] });
}

export interface FolderSummaryRow {
  readonly folders_count: number;
  readonly upload_jobs_count: number;
  readonly pending_jobs_count: number;
  readonly expired_count: number;
  /** Within 7 days. */
  readonly expiring_count: number;
  readonly items: { readonly type: string; readonly count: number; readonly size: number }[];
}

/** What is directly in the folder. */
export async function getFolderSummary(db: Executor, id: string): Promise<FolderSummaryRow> {
  const text = `SELECT (SELECT count(*) FROM folders WHERE parent_id = $1) AS folders_count, jobs.*, expiries.*,
      coalesce((SELECT json_agg(json_build_object('type', c.type, 'count', c.items_count, 'size', c.total_size) ORDER BY c.type)
        FROM folder_item_counts c WHERE c.folder_id = $1 AND c.items_count > 0), '[]') AS items
    FROM (SELECT count(*) AS upload_jobs_count, count(*) FILTER (WHERE j.status = 'PENDING') AS pending_jobs_count
      FROM upload_jobs j WHERE j.folder_id = $1) jobs,
      (SELECT coalesce(sum(e.items_count) FILTER (WHERE e.expired_by <= now()), 0)::bigint AS expired_count,
        coalesce(sum(e.items_count) FILTER (WHERE e.expired_by > now() AND e.expired_by <= now() + interval '7 days'), 0)::bigint AS expiring_count
      FROM folder_expiry_counts e WHERE e.folder_id = $1) expiries`;
  const [row] = await db.query<FolderSummaryRow>({ name: 'folders.summary', text, values: [id] });
  if (!row) throw new Error('folders.summary returned no row');
  return row;
}

/** Which of the ids are direct sub-folders of the folder. */
export async function listSubfolderIds(
  db: Executor,
  parentId: string,
  ids: readonly string[],
): Promise<string[]> {
  const text = 'SELECT f.id FROM folders f WHERE f.parent_id = $1 AND f.id = ANY ($2::uuid[]) ORDER BY f.id';
  const rows = await db.query<{ id: string }>({
    name: 'folders.subfolderIds',
    text,
    values: [parentId, ids],
  });
  return rows.map(({ id }) => id);
}
