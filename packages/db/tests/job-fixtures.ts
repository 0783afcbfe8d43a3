import type { Executor } from '@latchkey/db/engine/executor';
import type { NewPart } from '@latchkey/db/upload-jobs/parts';
import { insertParts } from '@latchkey/db/upload-jobs/parts-writer';
import { insertSpooledManifest } from '@latchkey/db/upload-jobs/retention';
import { finishUploadJob, insertUploadJob, type NewUploadJob } from '@latchkey/db/upload-jobs/writer';
import { nextId, type Owner } from './fixtures.js';

export const unitsPerPart = 10;

/** Neighbouring parts of ten units each. */
export function partsOf(count: number): NewPart[] {
  return Array.from({ length: count }, (_, part) => ({
    part,
    firstPosition: part * unitsPerPart,
    kind: 'image',
    firstElement: part * unitsPerPart,
    unitCount: unitsPerPart,
    byteStart: part * 1_000,
    byteEnd: (part + 1) * 1_000,
    firstLine: part * unitsPerPart + 2,
    firstColumn: 3,
  }));
}

export function newJob(owner: Owner, partCount: number): NewUploadJob {
  const id = nextId();
  return {
    id,
    folderId: owner.folderId,
    integrationId: owner.integrationId,
    createdBy: owner.userId,
    ignoreErrors: true,
    skipDuplicateUrls: true,
    upsertMetadata: false,
    allowExpiredUrls: false,
    fileName: 'manifest.json',
    format: 'json',
    contentHash: Buffer.alloc(32, 7),
    idempotencyKey: null,
    spoolKey: `spool-${id}`,
    unitsTotal: partCount * unitsPerPart,
    partsOpen: partCount,
    warnings: [],
    csvColumns: null,
  };
}

/** A pending job with its parts and its manifest in the spool; answers its id. */
export async function addJob(
  db: Executor,
  owner: Owner,
  partCount: number,
  changes: Partial<NewUploadJob> = {},
): Promise<string> {
  const job = { ...newJob(owner, partCount), ...changes };
  await insertSpooledManifest(db, job.spoolKey);
  await insertUploadJob(db, job);
  await insertParts(db, job.id, partsOf(partCount));
  return job.id;
}

/** Ends jobs as if that had been so many seconds ago. */
export async function finishJobs(db: Executor, ids: readonly string[], secondsAgo = 0): Promise<void> {
  for (const id of ids) await finishUploadJob(db, id, 'DONE', []);
  const text = `UPDATE upload_jobs SET finished_at = now() - make_interval(secs => $2) WHERE id = ANY ($1::uuid[])`;
  await db.query({ name: 'test.finishedAt', text, values: [ids, secondsAgo] });
}
