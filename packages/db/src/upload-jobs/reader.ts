import type { Executor } from '../engine/executor.js';

export type JobStatus = 'PENDING' | 'DONE' | 'ERROR' | 'CANCELLED';

export interface UploadJobRow {
  readonly id: string;
  readonly folder_id: string;
  readonly folder_name: string;
  readonly integration_id: string | null;
  readonly owner: string;
  readonly status: JobStatus;
  readonly phase: 'checking' | 'registering' | 'finished';
  readonly ignore_errors: boolean;
  readonly skip_duplicate_urls: boolean;
  readonly upsert_metadata: boolean;
  readonly allow_expired_urls: boolean;
  readonly file_name: string | null;
  readonly units_total: number;
  readonly units_checked: number;
  readonly units_done: number;
  readonly units_skipped: number;
  readonly units_renewed: number;
  readonly units_error: number;
  readonly units_cancelled: number;
  /** Of the parts that are being measured at this moment. */
  readonly units_to_measure: number;
  readonly units_measured: number;
  readonly units_unmeasurable: number;
  readonly errors: string[];
  readonly warnings: unknown[];
  /** As it was sent: a CSV is kept as NDJSON. */
  readonly format: 'json' | 'ndjson' | 'csv';
  /** Null once the manifest is removed. */
  readonly spool_key: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export interface UnitErrorRow {
  readonly id: string;
  readonly position: number;
  readonly kind: string | null;
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

export const jobColumns = `j.id, j.folder_id, f.name AS folder_name, j.integration_id, u.email AS owner, j.status, j.phase, j.ignore_errors,
  j.skip_duplicate_urls, j.upsert_metadata, j.allow_expired_urls, j.file_name, j.units_total, j.units_checked, j.units_done, j.units_skipped, j.units_renewed,
  j.units_error, j.units_cancelled, j.errors, j.warnings, j.format, j.spool_key, j.created_at,
  j.started_at, j.finished_at, m.units_to_measure, m.units_measured, m.units_unmeasurable`;
export const jobJoins = `JOIN folders f ON f.id = j.folder_id JOIN users u ON u.id = j.created_by
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.units_to_measure), 0)::int AS units_to_measure, coalesce(sum(p.units_measured), 0)::int AS units_measured,
      coalesce(sum(p.units_unmeasurable), 0)::int AS units_unmeasurable
    FROM upload_job_parts p WHERE p.job_id = j.id AND p.status = 'open' AND p.units_to_measure > 0) m`;

export async function getUploadJob(db: Executor, folderId: string, id: string): Promise<UploadJobRow | null> {
  const text = `SELECT ${jobColumns} FROM upload_jobs j ${jobJoins} WHERE j.id = $1 AND j.folder_id = $2`;
  const rows = await db.query<UploadJobRow>({ name: 'uploadJobs.get', text, values: [id, folderId] });
  return rows[0] ?? null;
}

/** Those that do not exist are left out; the order is not that of the ids. */
export async function getUploadJobs(db: Executor, ids: readonly string[]): Promise<UploadJobRow[]> {
  const text = `SELECT ${jobColumns} FROM upload_jobs j ${jobJoins} WHERE j.id = ANY ($1::uuid[])`;
  return db.query<UploadJobRow>({ name: 'uploadJobs.getSeveral', text, values: [ids] });
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

/** The failed units with positions from `from` up to, not including, `to`. */
export async function listUnitErrorsBetween(
  db: Executor,
  jobId: string,
  from: number,
  to: number,
): Promise<UnitErrorRow[]> {
  const text = `SELECT id, position, kind, element, line, column_number, field, code, message, hint, title, object_url
    FROM unit_errors WHERE job_id = $1 AND position >= $2 AND position < $3 ORDER BY position`;
  return db.query<UnitErrorRow>({ name: 'unitErrors.between', text, values: [jobId, from, to] });
}

export interface KnownStart {
  readonly id: string;
  readonly folder_id: string;
  readonly integration_id: string | null;
  readonly ignore_errors: boolean;
  readonly content_hash: Buffer | null;
}

export async function findJobByIdempotencyKey(
  db: Executor,
  userId: string,
  idempotencyKey: string,
): Promise<KnownStart | null> {
  const text = `SELECT id, folder_id, integration_id, ignore_errors, content_hash FROM upload_jobs
    WHERE created_by = $1 AND idempotency_key = $2`;
  const rows = await db.query<KnownStart>({
    name: 'uploadJobs.byIdempotencyKey',
    text,
    values: [userId, idempotencyKey],
  });
  return rows[0] ?? null;
}

export interface UnfinishedJob {
  readonly id: string;
  readonly units_total: number;
  readonly units_pending: number;
  readonly parts_open: number;
}

export async function listUnfinishedJobs(db: Executor): Promise<UnfinishedJob[]> {
  const text = `SELECT id, units_total, units_total - units_done - units_skipped - units_error AS units_pending, parts_open
    FROM upload_jobs WHERE status = 'PENDING' ORDER BY id`;
  return db.query<UnfinishedJob>({ name: 'uploadJobs.unfinished', text });
}

/** Whether a cancel is waiting for the job. */
export async function isCancelRequested(db: Executor, jobId: string): Promise<boolean> {
  const text = 'SELECT cancel_requested_at IS NOT NULL AS requested FROM upload_jobs WHERE id = $1';
  const rows = await db.query<{ requested: boolean }>({
    name: 'uploadJobs.cancelRequested',
    text,
    values: [jobId],
  });
  return rows[0]?.requested ?? true;
}

/** Upload jobs of a user that have not ended. In a transaction no other one of the user begins until it ends. */
export async function countRunningJobs(tx: Executor, userId: string): Promise<number> {
  await tx.query({
    name: 'uploadJobs.lockUser',
    text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE',
    values: [userId],
  });
  const text = `SELECT count(*) AS count FROM upload_jobs WHERE status = 'PENDING' AND created_by = $1`;
  const rows = await tx.query<{ count: number }>({ name: 'uploadJobs.countRunning', text, values: [userId] });
  return rows[0]?.count ?? 0;
}
