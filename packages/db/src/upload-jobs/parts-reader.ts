import type { Executor } from '../engine/executor.js';
import { type NewPart, partColumns, type SeveralItems } from './parts.js';

/**
 * Pending jobs that have a part to claim, in turn: the ones behind `lastJobId` first, so that a worker that goes
 * round gives each job a part, however large the others are.
 */
export async function listClaimableJobs(db: Executor, lastJobId: string | null): Promise<string[]> {
  const text = `SELECT j.id FROM upload_jobs j CROSS JOIN LATERAL (
      SELECT 1 FROM upload_job_parts p WHERE p.job_id = j.id AND p.status = 'open' AND (p.lease_until IS NULL OR p.lease_until <= now())
        AND (j.ignore_errors OR j.phase = 'checking' OR p.part = 0) LIMIT 1) claimable
    WHERE j.status = 'PENDING' ORDER BY coalesce(j.id <= $1::uuid, false), j.id LIMIT 100`;
  const rows = await db.query<{ id: string }>({
    name: 'uploadJobParts.claimableJobs',
    text,
    values: [lastJobId],
  });
  return rows.map(({ id }) => id);
}

/** All parts of a job in the order of the manifest. */
export async function listParts(db: Executor, jobId: string): Promise<NewPart[]> {
  const text = `SELECT ${partColumns} FROM upload_job_parts p WHERE p.job_id = $1 ORDER BY p.part`;
  return db.query<NewPart>({ name: 'uploadJobParts.list', text, values: [jobId] });
}

export async function countOpenParts(db: Executor): Promise<number> {
  const text = `SELECT count(*) AS open FROM upload_job_parts p JOIN upload_jobs j ON j.id = p.job_id WHERE j.status = 'PENDING' AND p.status = 'open'`;
  const rows = await db.query<{ open: number }>({ name: 'uploadJobParts.countOpen', text });
  return rows[0]?.open ?? 0;
}

const hasFaults = 'p.units_created + p.units_skipped + p.units_renewed < p.unit_count';

export interface PartOutcomeRow extends NewPart {
  /** Null: none of the part's units has been settled. */
  readonly outcomes: Buffer | null;
  readonly known_item_ids: string[] | null;
  readonly several_items: SeveralItems | null;
}

/** Parts from the one that holds the position `from`; `withFaults`: only those with units that are not registered. */
export async function listPartOutcomes(
  db: Executor,
  jobId: string,
  { from, withFaults, limit }: { from: number; withFaults: boolean; limit: number },
): Promise<PartOutcomeRow[]> {
  const text = `SELECT ${partColumns}, p.outcomes, p.known_item_ids, p.several_items FROM upload_job_parts p
    WHERE p.job_id = $1 AND p.first_position >= (
        SELECT max(first_position) FROM upload_job_parts WHERE job_id = $1 AND first_position <= $2)
      AND (NOT $3 OR ${hasFaults}) ORDER BY p.first_position LIMIT $4`;
  return db.query<PartOutcomeRow>({
    name: 'uploadJobParts.outcomes',
    text,
    values: [jobId, from, withFaults, limit],
  });
}

/** Numbers of the parts with units that are not registered, by kind and then in the order of the manifest. */
export async function listFaultyParts(db: Executor, jobId: string): Promise<number[]> {
  const text = `SELECT p.part FROM upload_job_parts p WHERE p.job_id = $1 AND ${hasFaults} ORDER BY p.kind, p.first_position`;
  const rows = await db.query<{ part: number }>({ name: 'uploadJobParts.faulty', text, values: [jobId] });
  return rows.map(({ part }) => part);
}

export async function getPartOutcomes(
  db: Executor,
  jobId: string,
  part: number,
): Promise<PartOutcomeRow | null> {
  const text = `SELECT ${partColumns}, p.outcomes, p.known_item_ids, p.several_items FROM upload_job_parts p WHERE p.job_id = $1 AND p.part = $2`;
  const rows = await db.query<PartOutcomeRow>({ name: 'uploadJobParts.get', text, values: [jobId, part] });
  return rows[0] ?? null;
}

/** What the first pass over the part has measured; null: nothing. */
export async function getMeasured(db: Executor, jobId: string, part: number): Promise<Buffer | null> {
  const text = 'SELECT measured FROM upload_job_parts WHERE job_id = $1 AND part = $2';
  const rows = await db.query<{ measured: Buffer | null }>({
    name: 'uploadJobParts.measured',
    text,
    values: [jobId, part],
  });
  return rows[0]?.measured ?? null;
}
