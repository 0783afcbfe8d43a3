import type { Executor } from '../engine/executor.js';

export interface NewUploadJob {
  readonly id: string;
  readonly folderId: string;
  readonly integrationId: string;
  readonly createdBy: string;
  readonly ignoreErrors: boolean;
  readonly skipDuplicateUrls: boolean;
  readonly upsertMetadata: boolean;
  readonly fileName: string | null;
  readonly spoolKey: string;
  readonly unitsTotal: number;
  readonly partsOpen: number;
  readonly warnings: readonly unknown[];
}

export interface NewPart {
  readonly part: number;
  readonly firstPosition: number;
  readonly kind: string;
  readonly firstElement: number;
  readonly unitCount: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly firstLine: number;
  readonly firstColumn: number;
}

export async function insertUploadJob(db: Executor, job: NewUploadJob): Promise<void> {
  const text = `INSERT INTO upload_jobs (id, folder_id, integration_id, created_by, status, phase, ignore_errors, skip_duplicate_urls,
      upsert_metadata, file_name, spool_key, units_total, parts_open, warnings)
    VALUES ($1, $2, $3, $4, 'PENDING', CASE WHEN $5 THEN 'registering' ELSE 'checking' END, $5, $6, $7, $8, $9, $10, $11, $12)`;
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
  ];
  await db.query({ name: 'uploadJobs.insert', text, values });
}

export async function insertParts(db: Executor, jobId: string, parts: readonly NewPart[]): Promise<void> {
  const text = `INSERT INTO upload_job_parts (job_id, part, first_position, kind, first_element, unit_count, byte_start, byte_end, first_line, first_column)
    SELECT $1, part, "firstPosition", kind, "firstElement", "unitCount", "byteStart", "byteEnd", "firstLine", "firstColumn"
    FROM json_to_recordset($2) AS p (part int, "firstPosition" bigint, kind text, "firstElement" bigint, "unitCount" int,
      "byteStart" bigint, "byteEnd" bigint, "firstLine" bigint, "firstColumn" bigint)`;
  await db.query({ name: 'uploadJobParts.insert', text, values: [jobId, JSON.stringify(parts)] });
}

export interface ClaimedPart {
  readonly job_id: string;
  readonly part: number;
  readonly first_position: number;
  readonly kind: string;
  readonly first_element: number;
  readonly unit_count: number;
  readonly byte_start: number;
  readonly byte_end: number;
  readonly first_line: number;
  readonly first_column: number;
  readonly attempts: number;
  readonly phase: 'checking' | 'registering';
  readonly ignore_errors: boolean;
  readonly skip_duplicate_urls: boolean;
  readonly upsert_metadata: boolean;
  readonly folder_id: string;
  readonly integration_id: string | null;
  readonly created_by: string;
  readonly spool_key: string;
}

/**
 * Takes the next open part whose lease is free. Jobs take turns: a job's part waits while another job has fewer
 * parts under way or done. Where all or nothing is asked, the whole job is registered under the lease of its first part.
 */
export async function claimPart(db: Executor, leaseSeconds: number): Promise<ClaimedPart | null> {
  const text = `UPDATE upload_job_parts p SET lease_until = now() + make_interval(secs => $1), attempts = p.attempts + 1
    FROM upload_jobs j
    WHERE j.id = p.job_id AND (p.job_id, p.part) = (
      SELECT open.job_id, open.part FROM upload_job_parts open JOIN upload_jobs pending ON pending.id = open.job_id
      WHERE pending.status = 'PENDING' AND open.status = 'open' AND (open.lease_until IS NULL OR open.lease_until < now())
        AND (pending.ignore_errors OR pending.phase = 'checking' OR open.part = 0)
      ORDER BY open.part, open.job_id LIMIT 1 FOR UPDATE OF open SKIP LOCKED)
    RETURNING p.job_id, p.part, p.first_position, p.kind, p.first_element, p.unit_count, p.byte_start, p.byte_end, p.first_line,
      p.first_column, p.attempts, j.phase, j.ignore_errors, j.skip_duplicate_urls, j.upsert_metadata, j.folder_id,
      j.integration_id, j.created_by, j.spool_key`;
  const rows = await db.query<ClaimedPart>({ name: 'uploadJobParts.claim', text, values: [leaseSeconds] });
  return rows[0] ?? null;
}

/** A part that is being committed is locked and needs no lease: to wait for it would hold a connection all the while. */
export async function renewLease(
  db: Executor,
  jobId: string,
  part: number,
  leaseSeconds: number,
): Promise<void> {
  const text = `UPDATE upload_job_parts SET lease_until = now() + make_interval(secs => $3) WHERE (job_id, part) IN (
      SELECT job_id, part FROM upload_job_parts WHERE job_id = $1 AND part = $2 AND status = 'open' FOR UPDATE SKIP LOCKED)`;
  await db.query({ name: 'uploadJobParts.renewLease', text, values: [jobId, part, leaseSeconds] });
}

/** For a database that only one process can open: whoever held a lease is dead. */
export async function releaseAllLeases(db: Executor): Promise<void> {
  const text = `UPDATE upload_job_parts SET lease_until = NULL WHERE status = 'open' AND lease_until IS NOT NULL`;
  await db.query({ name: 'uploadJobParts.releaseAll', text });
}

/** Gives a part back after a failure, to be tried again once `delaySeconds` have passed. */
export async function releasePart(
  db: Executor,
  jobId: string,
  part: number,
  delaySeconds: number,
): Promise<void> {
  await renewLease(db, jobId, part, delaySeconds);
}

/** False if another worker or a cancel was faster: then nothing of this part may be committed. */
export async function finishPart(db: Executor, jobId: string, part: number): Promise<boolean> {
  const text = `UPDATE upload_job_parts SET status = 'done', lease_until = NULL WHERE job_id = $1 AND part = $2 AND status = 'open' RETURNING part`;
  return (await db.query({ name: 'uploadJobParts.finish', text, values: [jobId, part] })).length === 1;
}

/** Marks all open parts as done, locked in their order; answers how many there were. */
export async function finishAllParts(db: Executor, jobId: string): Promise<number> {
  const text = `WITH locked AS (SELECT part FROM upload_job_parts WHERE job_id = $1 AND status = 'open' ORDER BY part FOR UPDATE)
    UPDATE upload_job_parts p SET status = 'done', lease_until = NULL FROM locked WHERE p.job_id = $1 AND p.part = locked.part RETURNING p.part`;
  return (await db.query({ name: 'uploadJobParts.finishAll', text, values: [jobId] })).length;
}

export async function reopenParts(db: Executor, jobId: string): Promise<void> {
  const text = `UPDATE upload_job_parts SET status = 'open', lease_until = NULL, attempts = 0 WHERE job_id = $1`;
  await db.query({ name: 'uploadJobParts.reopen', text, values: [jobId] });
}

/** All parts of a job in the order of the manifest, for a registration that is one transaction. */
export async function listParts(db: Executor, jobId: string): Promise<NewPart[]> {
  const text = `SELECT part, first_position AS "firstPosition", kind, first_element AS "firstElement", unit_count AS "unitCount",
      byte_start AS "byteStart", byte_end AS "byteEnd", first_line AS "firstLine", first_column AS "firstColumn"
    FROM upload_job_parts WHERE job_id = $1 ORDER BY part`;
  return db.query<NewPart>({ name: 'uploadJobParts.list', text, values: [jobId] });
}

export interface Progress {
  readonly done: number;
  readonly skipped: number;
  readonly renewed: number;
  readonly error: number;
  readonly parts: number;
}

/** Adds to the counters; answers how many parts are left, or null if the job is not pending, or not in the phase, any more. */
export async function addProgress(
  db: Executor,
  { job_id, phase }: Pick<ClaimedPart, 'job_id' | 'phase'>,
  progress: Progress,
): Promise<{ parts_open: number; units_error: number } | null> {
  const text = `UPDATE upload_jobs SET units_done = units_done + $2, units_skipped = units_skipped + $3, units_renewed = units_renewed + $4,
      units_error = units_error + $5, parts_open = parts_open - $6
    WHERE id = $1 AND status = 'PENDING' AND phase = $7 RETURNING parts_open, units_error`;
  const { done, skipped, renewed, error, parts } = progress;
  const values = [job_id, done, skipped, renewed, error, parts, phase];
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
  const text = `UPDATE upload_jobs SET phase = 'checking', parts_open = (SELECT count(*) FROM upload_job_parts WHERE job_id = $1)
    WHERE id = $1 AND status = 'PENDING' AND phase = 'registering' RETURNING id`;
  return (await db.query({ name: 'uploadJobs.startChecking', text, values: [jobId] })).length === 1;
}

/** Every unit was checked and none failed: the job goes on to register them all in one transaction. */
export async function startRegistering(db: Executor, jobId: string): Promise<void> {
  const text = `UPDATE upload_jobs SET phase = 'registering', parts_open = 1 WHERE id = $1`;
  await db.query({ name: 'uploadJobs.startRegistering', text, values: [jobId] });
}

export async function clearSpoolKeys(db: Executor, jobIds: readonly string[]): Promise<void> {
  await db.query({
    name: 'uploadJobs.clearSpoolKeys',
    text: 'UPDATE upload_jobs SET spool_key = NULL WHERE id = ANY ($1)',
    values: [jobIds],
  });
}

export interface NewUnitError {
  readonly id: string;
  readonly position: number;
  readonly kind: string;
  readonly element: number;
  readonly line: number | null;
  readonly column: number | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly title: string | null;
  readonly objectUrl: string | null;
}

export async function insertUnitErrors(
  db: Executor,
  jobId: string,
  errors: readonly NewUnitError[],
): Promise<void> {
  const text = `INSERT INTO unit_errors (job_id, position, id, kind, element, line, column_number, field, code, message, hint, title, object_url)
    SELECT $1, position, id, kind, element, line, "column", field, code, message, hint, title, "objectUrl"
    FROM json_to_recordset($2) AS e (position bigint, id uuid, kind text, element bigint, line bigint, "column" bigint, field text,
      code text, message text, hint text, title text, "objectUrl" text)`;
  await db.query({ name: 'unitErrors.insert', text, values: [jobId, JSON.stringify(errors)] });
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
