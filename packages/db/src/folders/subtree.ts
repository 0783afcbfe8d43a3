import type { Executor } from '../engine/executor.js';

/**
 * Waits for parts of upload jobs that are being registered into the folders, and keeps others from beginning.
 * The worker takes part before folder, so whoever locks folders for a deletion calls this first.
 */
export async function lockPartsBelow(tx: Executor, folderIds: readonly string[]): Promise<void> {
  const text = `SELECT count(*) AS locked FROM (
      SELECT 1 FROM folders f JOIN upload_jobs j ON j.folder_id = f.id JOIN upload_job_parts p ON p.job_id = j.id
      WHERE f.path && $1::uuid[] AND j.status = 'PENDING' AND p.status = 'open' ORDER BY p.job_id, p.part FOR UPDATE OF p) parts`;
  await tx.query({ name: 'folders.lockPartsBelow', text, values: [folderIds] });
}

/** Locks the folders and all below them against registrations; answers their ids. */
export async function lockSubtrees(tx: Executor, folderIds: readonly string[]): Promise<string[]> {
  const text = 'SELECT f.id FROM folders f WHERE f.path && $1::uuid[] ORDER BY f.id FOR UPDATE';
  const rows = await tx.query<{ id: string }>({ name: 'folders.lockSubtrees', text, values: [folderIds] });
  return rows.map(({ id }) => id);
}

/** The ones of the folders that hold items. */
export async function listFilledFolders(tx: Executor, folderIds: readonly string[]): Promise<string[]> {
  const text = `SELECT DISTINCT c.folder_id AS id FROM folder_item_counts c
    WHERE c.folder_id = ANY ($1::uuid[]) AND c.items_count > 0 ORDER BY 1`;
  const rows = await tx.query<{ id: string }>({ name: 'folders.filled', text, values: [folderIds] });
  return rows.map(({ id }) => id);
}

export interface DeletedJob {
  readonly id: string;
  readonly status: string;
  readonly spool_key: string | null;
}

export async function deleteUploadJobsIn(tx: Executor, folderIds: readonly string[]): Promise<DeletedJob[]> {
  const text = 'DELETE FROM upload_jobs WHERE folder_id = ANY ($1::uuid[]) RETURNING id, status, spool_key';
  return tx.query<DeletedJob>({ name: 'uploadJobs.deleteIn', text, values: [folderIds] });
}

/** The folders must be empty but for each other. */
export async function deleteFolders(tx: Executor, folderIds: readonly string[]): Promise<void> {
  const text = 'DELETE FROM folders WHERE id = ANY ($1::uuid[])';
  await tx.query({ name: 'folders.delete', text, values: [folderIds] });
}
