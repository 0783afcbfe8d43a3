import type { Executor } from '../engine/executor.js';

/**
 * Noted before the first byte is written, so that a manifest whose upload breaks off is found again. Answers the id of
 * the key that it has to be sealed with.
 */
export async function insertSpooledManifest(db: Executor, spoolKey: string): Promise<Buffer | null> {
  const text =
    'INSERT INTO spooled_manifests (spool_key, secret_key_id) VALUES ($1, hold_secret_key()) RETURNING secret_key_id';
  const rows = await db.query<{ secret_key_id: Buffer | null }>({
    name: 'spooledManifests.insert',
    text,
    values: [spoolKey],
  });
  return rows[0]?.secret_key_id ?? null;
}

/** A spooled object that is no manifest and is needed no more; it is removed like one that no job names. */
export async function insertDisposable(tx: Executor, spoolKey: string, secretKeyId: Buffer): Promise<void> {
  const text = 'INSERT INTO spooled_manifests (spool_key, secret_key_id) VALUES ($1, $2)';
  await tx.query({ name: 'spooledManifests.insertDisposable', text, values: [spoolKey, secretKeyId] });
}

/** The manifest must have been removed from the spool before. */
export async function deleteSpooledManifests(db: Executor, spoolKeys: readonly string[]): Promise<void> {
  const text = `WITH cleared AS (UPDATE upload_jobs SET spool_key = NULL WHERE spool_key = ANY ($1::text[]))
    DELETE FROM spooled_manifests WHERE spool_key = ANY ($1::text[])`;
  await db.query({ name: 'spooledManifests.delete', text, values: [spoolKeys] });
}

/**
 * Manifests that nobody needs any more: of finished jobs, at once when every unit was registered and after
 * `keepSeconds` otherwise; and those that no job names, once they are a day old. In the order of their keys, from `after`.
 */
export async function listDisposableManifests(
  db: Executor,
  keepSeconds: number,
  limit: number,
  after = '',
): Promise<string[]> {
  const text = `SELECT s.spool_key FROM spooled_manifests s LEFT JOIN upload_jobs j ON j.spool_key = s.spool_key
    WHERE s.spool_key > $3 AND CASE WHEN j.id IS NULL THEN s.created_at < now() - interval '1 day'
      ELSE j.status <> 'PENDING' AND (j.units_error + j.units_cancelled = 0 OR j.finished_at < now() - make_interval(secs => $1)) END
    ORDER BY s.spool_key LIMIT $2`;
  const rows = await db.query<{ spool_key: string }>({
    name: 'spooledManifests.disposable',
    text,
    values: [keepSeconds, limit, after],
  });
  return rows.map(({ spool_key }) => spool_key);
}

/** Deletes finished jobs with their results; their items stay. Answers how many; their manifests must be gone. */
export async function deleteOldJobs(db: Executor, keepSeconds: number, limit: number): Promise<number> {
  const text = `DELETE FROM upload_jobs WHERE id IN (
      SELECT id FROM upload_jobs WHERE status <> 'PENDING' AND spool_key IS NULL AND finished_at < now() - make_interval(secs => $1)
      ORDER BY finished_at LIMIT $2) RETURNING id`;
  return (await db.query({ name: 'uploadJobs.deleteOld', text, values: [keepSeconds, limit] })).length;
}

/** Items that finished jobs have registered since `epochMs`, and whether other jobs are on their way. */
export async function registeredSince(
  db: Executor,
  epochMs: number,
): Promise<{ registered: number; pending: boolean }> {
  const text = `SELECT (SELECT coalesce(sum(units_done), 0)::bigint FROM upload_jobs WHERE status <> 'PENDING' AND finished_at >= $1) AS registered,
      EXISTS (SELECT 1 FROM upload_jobs WHERE status = 'PENDING') AS pending`;
  const rows = await db.query<{ registered: number; pending: boolean }>({
    name: 'uploadJobs.registeredSince',
    text,
    values: [new Date(epochMs)],
  });
  return rows[0] ?? { registered: 0, pending: false };
}
