import { tryLockChain } from '@latchkey/db/audit/chain';
import { findOldSegment, getCheckpoint, removeThrough } from '@latchkey/db/audit/retention';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';

/** Entries are removed by so many at once: a whole segment of the chain, once all of it is old enough. */
export const segmentLength = 1000;

/** Removes segments whose entries are all older than the setting says; each leaves a checkpoint, which an entry tells. */
export async function removeOldAuditEntries({ db, config }: AppContext): Promise<void> {
  const { auditRetentionDays } = config;
  if (auditRetentionDays === null) return;
  while (await db.transaction((tx) => removeSegment(tx, auditRetentionDays)));
}

async function removeSegment(tx: Executor, keepDays: number): Promise<boolean> {
  if (!(await tryLockChain(tx))) return false;
  const after = (await getCheckpoint(tx))?.position ?? 0;
  const end = await findOldSegment(tx, after, segmentLength, keepDays);
  if (!end) return false;
  await removeThrough(tx, end);
  await insertAuditEntries(tx, [
    {
      id: uuidv7(),
      userId: null,
      action: 'audit-log.remove',
      subjectType: 'audit-log',
      subjectId: null,
      details: { position: end.position, hash: end.hash.toString('hex'), entries: segmentLength, keepDays },
    },
  ]);
  return true;
}
