import type { Executor } from '../engine/executor.js';
import { type NewPart, type PartOutcome, partColumns, unitOutcome } from './parts.js';

export async function insertParts(db: Executor, jobId: string, parts: readonly NewPart[]): Promise<void> {
  const text = `INSERT INTO upload_job_parts (job_id, part, first_position, kind, first_element, unit_count, byte_start, byte_end, first_line, first_column)
    SELECT $1, part, "firstPosition", kind, "firstElement", "unitCount", "byteStart", "byteEnd", "firstLine", "firstColumn"
    FROM json_to_recordset($2) AS p (part int, "firstPosition" bigint, kind text, "firstElement" bigint, "unitCount" int,
      "byteStart" bigint, "byteEnd" bigint, "firstLine" bigint, "firstColumn" bigint)`;
  await db.query({ name: 'uploadJobParts.insert', text, values: [jobId, JSON.stringify(parts)] });
}

const notMeasuring = 'units_to_measure = 0, units_measured = 0, units_unmeasurable = 0';

/** Of a CSV: by what a column gives, its number from 1, from the line of these headings on. */
export interface CsvColumnsRow {
  readonly line: number;
  readonly columns: Readonly<Record<string, number>>;
}

export interface ClaimedPart extends NewPart {
  readonly job_id: string;
  /** Claims so far, this one included. */
  readonly attempts: number;
  readonly failures: number;
  readonly phase: 'checking' | 'registering';
  readonly ignore_errors: boolean;
  readonly skip_duplicate_urls: boolean;
  readonly upsert_metadata: boolean;
  readonly allow_expired_urls: boolean;
  readonly folder_id: string;
  readonly integration_id: string | null;
  readonly created_by: string;
  readonly spool_key: string;
  /** Null unless the manifest came as CSV. */
  readonly csv_columns: readonly CsvColumnsRow[] | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  /** Of the job so far. */
  readonly units_done: number;
  readonly units_skipped: number;
  readonly units_renewed: number;
}

/**
 * Takes the job's next open part whose lease is free. Where all or nothing is asked, the whole job is registered
 * under the lease of its first part.
 */
export async function claimPart(
  db: Executor,
  jobId: string,
  leaseSeconds: number,
): Promise<ClaimedPart | null> {
  const text = `WITH next AS MATERIALIZED (
      SELECT open.job_id, open.part, j.phase, j.ignore_errors, j.skip_duplicate_urls, j.upsert_metadata, j.allow_expired_urls, j.folder_id,
        j.integration_id, j.created_by, j.spool_key, j.csv_columns, j.created_at, j.started_at, j.units_done, j.units_skipped, j.units_renewed
      FROM upload_jobs j JOIN upload_job_parts open ON open.job_id = j.id
      WHERE j.id = $1 AND j.status = 'PENDING' AND open.status = 'open' AND (open.lease_until IS NULL OR open.lease_until <= now())
        AND (j.ignore_errors OR j.phase = 'checking' OR open.part = 0)
      ORDER BY open.part LIMIT 1 FOR UPDATE OF open SKIP LOCKED)
    UPDATE upload_job_parts p SET lease_until = now() + make_interval(secs => $2), attempts = p.attempts + 1, ${notMeasuring}
    FROM next WHERE p.job_id = next.job_id AND p.part = next.part
    RETURNING ${partColumns}, p.job_id, p.attempts, p.failures, next.phase, next.ignore_errors, next.skip_duplicate_urls, next.upsert_metadata,
      next.allow_expired_urls, next.folder_id, next.integration_id, next.created_by, next.spool_key, next.csv_columns, next.created_at, next.started_at,
      next.units_done, next.units_skipped, next.units_renewed`;
  const rows = await db.query<ClaimedPart>({
    name: 'uploadJobParts.claim',
    text,
    values: [jobId, leaseSeconds],
  });
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

export interface MeasuringProgress {
  /** Units of the part that the server measures. */
  readonly toMeasure: number;
  readonly measured: number;
  readonly unmeasurable: number;
}

/** Of whoever claimed the part last, and never of a part that is being committed. */
export async function setMeasuringProgress(
  db: Executor,
  { job_id, part, attempts }: Pick<ClaimedPart, 'job_id' | 'part' | 'attempts'>,
  { toMeasure, measured, unmeasurable }: MeasuringProgress,
): Promise<void> {
  const text = `UPDATE upload_job_parts SET units_to_measure = $4, units_measured = $5, units_unmeasurable = $6 WHERE (job_id, part) IN (
      SELECT job_id, part FROM upload_job_parts WHERE job_id = $1 AND part = $2 AND attempts = $3 AND status = 'open' FOR UPDATE SKIP LOCKED)`;
  const values = [job_id, part, attempts, toMeasure, measured, unmeasurable];
  await db.query({ name: 'uploadJobParts.setMeasuringProgress', text, values });
}

/** For a database that only one process can open: whoever held a lease is dead. */
export async function releaseAllLeases(db: Executor): Promise<void> {
  const text = `UPDATE upload_job_parts SET lease_until = NULL WHERE status = 'open' AND lease_until IS NOT NULL`;
  await db.query({ name: 'uploadJobParts.releaseAll', text });
}

/** Gives a part back, to be claimed again once `delaySeconds` have passed; `failed`: for a fault that may be the part's own. */
export async function releasePart(
  db: Executor,
  jobId: string,
  part: number,
  { delaySeconds, failed }: { delaySeconds: number; failed: boolean },
): Promise<void> {
  const text = `UPDATE upload_job_parts SET lease_until = now() + make_interval(secs => $3),
      failures = failures + $4::boolean::int, attempts = attempts - (NOT $4::boolean)::int, ${notMeasuring}
    WHERE job_id = $1 AND part = $2 AND status = 'open'`;
  await db.query({ name: 'uploadJobParts.release', text, values: [jobId, part, delaySeconds, failed] });
}

/** Held to the end of the transaction. False: another worker or a cancel was faster, nothing of the part may be committed. */
export async function lockOpenPart(tx: Executor, jobId: string, part: number): Promise<boolean> {
  const text = `SELECT part FROM upload_job_parts WHERE job_id = $1 AND part = $2 AND status = 'open' FOR UPDATE`;
  return (await tx.query({ name: 'uploadJobParts.lockOpen', text, values: [jobId, part] })).length === 1;
}

/** The part must be locked. `measured` is what a second pass will need. */
export async function finishPart(
  tx: Executor,
  jobId: string,
  part: number,
  { outcomes, knownItemIds, severalItems }: PartOutcome,
  measured: Buffer | null = null,
): Promise<void> {
  const text = `UPDATE upload_job_parts SET status = 'done', lease_until = NULL, outcomes = $3, known_item_ids = $4::uuid[],
      units_created = $5, units_skipped = $6, units_renewed = $7, units_error = $8, several_items = $9, measured = $10, ${notMeasuring}
    WHERE job_id = $1 AND part = $2`;
  const count = (outcome: number): number =>
    outcomes.reduce((sum, each) => sum + (each === outcome ? 1 : 0), 0);
  const values = [
    jobId,
    part,
    Buffer.from(outcomes.buffer, outcomes.byteOffset, outcomes.byteLength),
    knownItemIds.length === 0 ? null : knownItemIds,
    count(unitOutcome.created),
    count(unitOutcome.skipped),
    count(unitOutcome.renewed),
    count(unitOutcome.error),
    Object.keys(severalItems).length === 0 ? null : JSON.stringify(severalItems),
    measured,
  ];
  await tx.query({ name: 'uploadJobParts.finish', text, values });
}

/** Marks all open parts as done, locked in their order; answers how many there were. */
export async function finishAllParts(db: Executor, jobId: string): Promise<number> {
  const text = `WITH locked AS (SELECT part FROM upload_job_parts WHERE job_id = $1 AND status = 'open' ORDER BY part FOR UPDATE)
    UPDATE upload_job_parts p SET status = 'done', lease_until = NULL, measured = NULL, ${notMeasuring} FROM locked WHERE p.job_id = $1 AND p.part = locked.part RETURNING p.part`;
  return (await db.query({ name: 'uploadJobParts.finishAll', text, values: [jobId] })).length;
}

export async function reopenParts(db: Executor, jobId: string): Promise<void> {
  const text = `UPDATE upload_job_parts SET status = 'open', lease_until = NULL, attempts = 0, failures = 0, outcomes = NULL, several_items = NULL, units_error = 0
    WHERE job_id = $1`;
  await db.query({ name: 'uploadJobParts.reopen', text, values: [jobId] });
}
