import type { Executor } from '../engine/executor.js';

export interface Checkpoint {
  readonly position: number;
  readonly hash: Buffer;
}

/** Where the chain begins; null if nothing was removed from it yet. */
export async function getCheckpoint(db: Executor): Promise<Checkpoint | null> {
  const text = 'SELECT position, hash FROM audit_checkpoints ORDER BY position DESC LIMIT 1';
  const [row] = await db.query<Checkpoint>({ name: 'auditCheckpoints.last', text });
  return row ?? null;
}

/** The end of the segment behind `after`, if it is whole and all of its entries are older than so many days. */
export async function findOldSegment(
  db: Executor,
  after: number,
  length: number,
  keepDays: number,
): Promise<Checkpoint | null> {
  const text = `SELECT c.position, c.hash FROM audit_chain c WHERE c.position = $1::bigint + $2::bigint AND NOT EXISTS (
      SELECT 1 FROM audit_chain o JOIN audit_log l ON l.id = o.entry_id
      WHERE o.position > $1 AND o.position <= $1::bigint + $2::bigint AND l.at >= now() - make_interval(days => $3))`;
  const [row] = await db.query<Checkpoint>({
    name: 'auditChain.oldSegment',
    text,
    values: [after, length, keepDays],
  });
  return row ?? null;
}

/** Removes the chain up to the position with its entries, and remembers where it goes on. */
export async function removeThrough(tx: Executor, { position, hash }: Checkpoint): Promise<void> {
  await tx.query({
    name: 'auditRetention.allow',
    text: "SELECT set_config('latchkey.audit_retention', 'on', true)",
  });
  await tx.query({
    name: 'auditRetention.entries',
    text: 'DELETE FROM audit_log l USING audit_chain c WHERE c.entry_id = l.id AND c.position <= $1',
    values: [position],
  });
  await tx.query({
    name: 'auditRetention.chain',
    text: 'DELETE FROM audit_chain WHERE position <= $1',
    values: [position],
  });
  await tx.query({
    name: 'auditRetention.checkpoint',
    text: 'INSERT INTO audit_checkpoints (position, hash) VALUES ($1, $2)',
    values: [position, hash],
  });
  await tx.query({
    name: 'auditRetention.refuse',
    text: "SELECT set_config('latchkey.audit_retention', 'off', true)",
  });
}

/** Whether an entry of the log tells of the checkpoint. */
export async function isCheckpointRecorded(db: Executor, { position, hash }: Checkpoint): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT 1 FROM audit_log l WHERE l.action = 'audit-log.remove'
    AND l.details @> jsonb_build_object('position', $1::bigint, 'hash', encode($2::bytea, 'hex'))) AS found`;
  const [row] = await db.query<{ found: boolean }>({
    name: 'auditCheckpoints.recorded',
    text,
    values: [position, hash],
  });
  return row?.found === true;
}
