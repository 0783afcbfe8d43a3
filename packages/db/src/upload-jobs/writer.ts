import type { Executor } from '../engine/executor.js';
import type { ClaimedPart, CsvColumnsRow } from './parts-writer.js';
import type { UploadJobRow } from './reader.js';

export interface NewUploadJob {
  readonly id: string;
  readonly folderId: string;
  readonly integrationId: string;
  readonly createdBy: string;
  readonly ignoreErrors: boolean;
  readonly skipDuplicateUrls: boolean;
  readonly upsertMetadata: boolean;
  readonly allowExpiredUrls: boolean;
  readonly fileName: string | null;
  readonly format: UploadJobRow['format'];
  /** SHA-256 of the body as it came over the wire. */
  readonly contentHash: Buffer;
  readonly idempotencyKey: string | null;
  readonly spoolKey: string;
  readonly unitsTotal: number;
  readonly partsOpen: number;
  readonly warnings: readonly unknown[];
  readonly csvColumns: readonly CsvColumnsRow[] | null;
}

/** False: the user has a job with this idempotency key. */
export async function insertUploadJob(db: Executor, job: NewUploadJob): Promise<boolean> {
  const text = `INSERT INTO upload_jobs (id, folder_id, integration_id, created_by, status, phase, ignore_errors, skip_duplicate_urls,
      upsert_metadata, file_name, spool_key, units_total, parts_open, warnings, format, content_hash, idempotency_key, allow_expired_urls, csv_columns)
    VALUES ($1, $2, $3, $4, 'PENDING', CASE WHEN $5 THEN 'registering' ELSE 'checking' END, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    ON CONFLICT (created_by, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING RETURNING id`;
  const values = [
    job.id,
    job.folderId,
    job.integrationId,
    job.createdBy,
    job.ignoreErrors,
    job.skipDuplicateUrls,
    job.upsertMetadata,
    job.fileName,
    job.spoolKey,
    job.unitsTotal,
    job.partsOpen,
    JSON.stringify(job.warnings),
    job.format,
    job.contentHash,
    job.idempotencyKey,
    job.allowExpiredUrls,
    job.csvColumns && JSON.stringify(job.csvColumns),
  ];
  return (await db.query({ name: 'uploadJobs.insert', text, values })).length === 1;
}

/** Notes that the first part was taken up; a job that is locked at this moment is noted with its next part. */
export async function markJobStarted(db: Executor, jobId: string): Promise<void> {
  const text = `UPDATE upload_jobs SET started_at = now() WHERE id IN (
      SELECT id FROM upload_jobs WHERE id = $1 AND started_at IS NULL FOR UPDATE SKIP LOCKED)`;
  await db.query({ name: 'uploadJobs.markStarted', text, values: [jobId] });
}

/** Tells a worker that registers the whole job in one transaction to leave it. */
export async function requestCancel(db: Executor, jobId: string): Promise<void> {
  const text = `UPDATE upload_jobs SET cancel_requested_at = now() WHERE id = $1 AND status = 'PENDING' AND cancel_requested_at IS NULL`;
  await db.query({ name: 'uploadJobs.requestCancel', text, values: [jobId] });
}

export interface Progress {
  readonly done: number;
  readonly skipped: number;
  readonly renewed: number;
  readonly error: number;
  /** Units that were read by the first pass of an all-or-nothing job. */
  readonly checked: number;
  readonly parts: number;
}

/** Adds to the counters; answers how many parts are left, or null if the job is not pending, or not in the phase, any more. */
export async function addProgress(
  db: Executor,
  { job_id, phase }: Pick<ClaimedPart, 'job_id' | 'phase'>,
  progress: Progress,
): Promise<{ parts_open: number; units_error: number } | null> {
  const text = `UPDATE upload_jobs SET units_done = units_done + $2, units_skipped = units_skipped + $3, units_renewed = units_renewed + $4,
      units_error = units_error + $5, parts_open = parts_open - $6, units_checked = units_checked + $7
    WHERE id = $1 AND status = 'PENDING' AND phase = $8 RETURNING parts_open, units_error`;
  const { done, skipped, renewed, error, parts, checked } = progress;
  const values = [job_id, done, skipped, renewed, error, parts, checked, phase];
  const rows = await db.query<{ parts_open: number; units_error: number }>({
    name: 'uploadJobs.addProgress',
    text,
    values,
  });
  return rows[0] ?? null;
}

/** Ends a pending job; units that are not accounted for are counted as cancelled. Null: it had ended already. */
export async function finishUploadJob(
  db: Executor,
  jobId: string,
  status: 'DONE' | 'ERROR' | 'CANCELLED',
  errors: readonly string[],
): Promise<{ units_cancelled: number } | null> {
  const text = `UPDATE upload_jobs SET status = $2, phase = 'finished', errors = $3, parts_open = 0, finished_at = now(),
      units_cancelled = units_total - units_done - units_skipped - units_error
    WHERE id = $1 AND status = 'PENDING' RETURNING units_cancelled`;
  const rows = await db.query<{ units_cancelled: number }>({
    name: 'uploadJobs.finish',
    text,
    values: [jobId, status, errors],
  });
  return rows[0] ?? null;
}

/** The units have to be checked once more; nothing of the job is registered yet. False: it is not about to be. */
export async function startChecking(db: Executor, jobId: string): Promise<boolean> {
  const text = `UPDATE upload_jobs SET phase = 'checking', units_checked = 0, parts_open = (SELECT count(*) FROM upload_job_parts WHERE job_id = $1)
    WHERE id = $1 AND status = 'PENDING' AND phase = 'registering' RETURNING id`;
  return (await db.query({ name: 'uploadJobs.startChecking', text, values: [jobId] })).length === 1;
}

/** Every unit was checked and none failed: the job goes on to register them all in one transaction. */
export async function startRegistering(db: Executor, jobId: string): Promise<void> {
  const text = `UPDATE upload_jobs SET phase = 'registering', parts_open = 1 WHERE id = $1`;
  await db.query({ name: 'uploadJobs.startRegistering', text, values: [jobId] });
}

/** Adds warnings that the job does not have yet, as long as it has fewer than `limit`. */
export async function addWarnings(
  db: Executor,
  jobId: string,
  warnings: readonly { message: string }[],
  limit: number,
): Promise<void> {
  const text = `UPDATE upload_jobs j SET warnings = j.warnings || coalesce((
      SELECT jsonb_agg(w) FROM jsonb_array_elements($2::jsonb) w
      WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(j.warnings) known WHERE known ->> 'message' = w ->> 'message')), '[]')
    WHERE j.id = $1 AND jsonb_array_length(j.warnings) < $3`;
  await db.query({ name: 'uploadJobs.addWarnings', text, values: [jobId, JSON.stringify(warnings), limit] });
}

/**
 * The commit of this transaction is not waited for until it is on disk. A crash of the database may take it back, whole;
 * a later commit that is waited for makes it safe as well.
 */
export async function leaveCommitToLog(tx: Executor): Promise<void> {
  const text = `SELECT set_config('synchronous_commit', 'off', true)`;
  await tx.query({ name: 'uploadJobs.leaveCommitToLog', text });
}
