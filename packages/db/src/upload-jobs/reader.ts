import type { Executor } from '../engine/executor.js';

export type JobStatus = 'PENDING' | 'DONE' | 'ERROR' | 'CANCELLED';

export interface UploadJobRow {
  readonly id: string;
  readonly folder_id: string;
  readonly folder_name: string;
  readonly integration_id: string | null;
  readonly owner: string;
  readonly status: JobStatus;
  readonly ignore_errors: boolean;
  readonly skip_duplicate_urls: boolean;
  readonly upsert_metadata: boolean;
  readonly file_name: string | null;
  readonly units_total: number;
  readonly units_done: number;
  readonly units_skipped: number;
  readonly units_renewed: number;
  readonly units_error: number;
  readonly units_cancelled: number;
  readonly errors: string[];
  readonly warnings: unknown[];
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface UnitErrorRow {
  readonly id: string;
  readonly position: number;
  readonly kind: string;
  readonly element: number;
  readonly line: number | null;
  readonly column_number: number | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly title: string | null;
  readonly object_url: string | null;
}

export const jobColumns = `j.id, j.folder_id, f.name AS folder_name, j.integration_id, u.email AS owner, j.status, j.ignore_errors,
  j.skip_duplicate_urls, j.upsert_metadata, j.file_name, j.units_total, j.units_done, j.units_skipped, j.units_renewed,
  j.units_error, j.units_cancelled, j.errors, j.warnings, j.created_at, j.finished_at`;
export const jobJoins = 'JOIN folders f ON f.id = j.folder_id JOIN users u ON u.id = j.created_by';

export async function getUploadJob(db: Executor, folderId: string, id: string): Promise<UploadJobRow | null> {
  const text = `SELECT ${jobColumns} FROM upload_jobs j ${jobJoins} WHERE j.id = $1 AND j.folder_id = $2`;
  const rows = await db.query<UploadJobRow>({ name: 'uploadJobs.get', text, values: [id, folderId] });
  return rows[0] ?? null;
}

export async function getUploadJobStatus(db: Executor, id: string): Promise<JobStatus | null> {
  const rows = await db.query<{ status: JobStatus }>({
    name: 'uploadJobs.status',
    text: 'SELECT status FROM upload_jobs WHERE id = $1',
    values: [id],
  });
  return rows[0]?.status ?? null;
}

/** Newest first, after the job `before`. */
export async function listUploadJobs(
  db: Executor,
  folderId: string,
  before: string | null,
  limit: number,
): Promise<UploadJobRow[]> {
  const text = `SELECT ${jobColumns} FROM upload_jobs j ${jobJoins}
    WHERE j.folder_id = $1 AND ($2::uuid IS NULL OR j.id < $2) ORDER BY j.id DESC LIMIT $3`;
  return db.query<UploadJobRow>({ name: 'uploadJobs.list', text, values: [folderId, before, limit] });
}

/** In the order of the manifest, after the position `after`. */
export async function listUnitErrors(
  db: Executor,
  jobId: string,
  after: number,
  limit: number,
): Promise<UnitErrorRow[]> {
  const text = `SELECT id, position, kind, element, line, column_number, field, code, message, hint, title, object_url
    FROM unit_errors WHERE job_id = $1 AND position > $2 ORDER BY position LIMIT $3`;
  return db.query<UnitErrorRow>({ name: 'unitErrors.list', text, values: [jobId, after, limit] });
}

export async function listUploadJobItems(
  db: Executor,
  jobId: string,
  limit: number,
): Promise<{ item_id: string; name: string }[]> {
  const text = 'SELECT item_id, name FROM upload_job_items WHERE job_id = $1 ORDER BY position LIMIT $2';
  return db.query<{ item_id: string; name: string }>({
    name: 'uploadJobItems.list',
    text,
    values: [jobId, limit],
  });
}

export async function countOpenParts(db: Executor): Promise<number> {
  const text = `SELECT count(*) AS open FROM upload_job_parts p JOIN upload_jobs j ON j.id = p.job_id WHERE j.status = 'PENDING' AND p.status = 'open'`;
  const rows = await db.query<{ open: number }>({ name: 'uploadJobParts.countOpen', text });
  return rows[0]?.open ?? 0;
}

/** Those of the spool keys that a job names. */
export async function listNamedSpoolKeys(db: Executor, spoolKeys: readonly string[]): Promise<string[]> {
  const text = 'SELECT spool_key FROM upload_jobs WHERE spool_key = ANY ($1::text[])';
  const rows = await db.query<{ spool_key: string }>({
    name: 'uploadJobs.namedSpoolKeys',
    text,
    values: [spoolKeys],
  });
  return rows.map(({ spool_key }) => spool_key);
}

/** Spool keys of finished jobs, whose manifests nobody needs any more. */
export async function listFinishedSpoolKeys(
  db: Executor,
  limit: number,
): Promise<{ id: string; spool_key: string }[]> {
  const text = `SELECT id, spool_key FROM upload_jobs WHERE status <> 'PENDING' AND spool_key IS NOT NULL ORDER BY id LIMIT $1`;
  return db.query<{ id: string; spool_key: string }>({
    name: 'uploadJobs.finishedSpoolKeys',
    text,
    values: [limit],
  });
}
