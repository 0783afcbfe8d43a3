import type { Executor } from '../engine/executor.js';

export async function setSpooledBytes(tx: Executor, spoolKey: string, bytes: number): Promise<void> {
  const text = 'UPDATE spooled_manifests SET bytes = $2 WHERE spool_key = $1';
  await tx.query({ name: 'spooledManifests.setBytes', text, values: [spoolKey, bytes] });
}

/** Any constant that no other advisory lock uses. */
const quotaLock = 6_021_884_307;

/** Jobs are started one after another from here to the end of the transaction, so that each sees the bytes of the others. */
export async function lockSpoolQuota(tx: Executor): Promise<void> {
  const text = 'SELECT pg_advisory_xact_lock($1)';
  await tx.query({ name: 'spooledManifests.lockQuota', text, values: [quotaLock] });
}

/** Of manifests that are in the spool; those of jobs of the user, or all. */
export async function sumSpooledBytes(db: Executor, userId: string | null): Promise<number> {
  const text = `SELECT coalesce(sum(s.bytes), 0)::bigint AS bytes FROM spooled_manifests s
    WHERE $1::uuid IS NULL OR EXISTS (SELECT 1 FROM upload_jobs j WHERE j.spool_key = s.spool_key AND j.created_by = $1)`;
  const rows = await db.query<{ bytes: number }>({
    name: 'spooledManifests.sumBytes',
    text,
    values: [userId],
  });
  return rows[0]?.bytes ?? 0;
}
