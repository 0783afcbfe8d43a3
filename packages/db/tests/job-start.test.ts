import type { Database } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import { findJobByIdempotencyKey, getUploadJob, listUnfinishedJobs } from '@latchkey/db/upload-jobs/reader';
import { insertUploadJob, markJobStarted, requestCancel } from '@latchkey/db/upload-jobs/writer';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addOwner, addUser, column, type Owner } from './fixtures.js';
import { addJob, finishJobs, newJob } from './job-fixtures.js';

describe.each(engines)('starts of jobs on $engine', (options) => {
  const database = useTestDatabase({ ...options, maxConnections: 12 });
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    owner = await addOwner(db);
  });

  const jobs = () => column<string>(db, 'SELECT id FROM upload_jobs WHERE folder_id = $1', [owner.folderId]);

  it('with one idempotency key that arrive together make one job, which the others find', async () => {
    for (let round = 0; round < 5; round++) {
      const idempotencyKey = `key ${round}`;
      const rivals = Array.from({ length: 12 }, () => ({ ...newJob(owner, 1), idempotencyKey }));
      const starts = await Promise.all(
        rivals.map((job) =>
          db.transaction(async (tx) => ({ job, inserted: await insertUploadJob(tx, job) })),
        ),
      );
      const inserted = starts.filter((start) => start.inserted).map(({ job }) => job.id);
      expect(inserted).toHaveLength(1);
      const found = await findJobByIdempotencyKey(db, owner.userId, idempotencyKey);
      expect(found).toEqual({
        id: inserted[0],
        folder_id: owner.folderId,
        integration_id: owner.integrationId,
        ignore_errors: true,
        content_hash: Buffer.alloc(32, 7),
      });
    }
    expect(await jobs()).toHaveLength(5);
  });

  it('with one idempotency key succeed again after the first was rolled back', async () => {
    const job = { ...newJob(owner, 1), idempotencyKey: 'key' };
    const undone = db.transaction(async (tx) => {
      await insertUploadJob(tx, job);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await findJobByIdempotencyKey(db, owner.userId, 'key')).toBeNull();
    expect(await insertUploadJob(db, job)).toBe(true);
  });

  it('share an idempotency key between users, and do without one', async () => {
    const createdBy = await addUser(db);
    const keyed = { ...newJob(owner, 1), idempotencyKey: 'key' };
    expect(await insertUploadJob(db, keyed)).toBe(true);
    expect(await insertUploadJob(db, { ...newJob(owner, 1), idempotencyKey: 'key', createdBy })).toBe(true);
    expect(await insertUploadJob(db, newJob(owner, 1))).toBe(true);
    expect(await insertUploadJob(db, newJob(owner, 1))).toBe(true);
    expect(await jobs()).toHaveLength(4);
    expect((await findJobByIdempotencyKey(db, owner.userId, 'key'))?.id).toBe(keyed.id);
    expect(await findJobByIdempotencyKey(db, createdBy, 'another key')).toBeNull();
  });

  it('are noted once, with the first part', async () => {
    const jobId = await addJob(db, owner, 1);
    expect((await getUploadJob(db, owner.folderId, jobId))?.started_at).toBeNull();
    await markJobStarted(db, jobId);
    const started = (await getUploadJob(db, owner.folderId, jobId))?.started_at;
    expect(started).toBeInstanceOf(Date);
    await markJobStarted(db, jobId);
    expect((await getUploadJob(db, owner.folderId, jobId))?.started_at).toEqual(started);
  });

  it('are listed as unfinished until they end, and a cancel is noted while they are', async () => {
    const [pending, finished] = [await addJob(db, owner, 3), await addJob(db, owner, 1)];
    await finishJobs(db, [finished]);
    for (const id of [pending, finished]) await requestCancel(db, id);
    const unfinished = await listUnfinishedJobs(db);
    const expected = { id: pending, units_total: 30, units_pending: 30, parts_open: 3 };
    expect(unfinished.filter(({ id }) => id >= pending)).toEqual([expected]);
    const text = 'SELECT id FROM upload_jobs WHERE cancel_requested_at IS NOT NULL';
    expect(await column(db, text)).toEqual([pending]);
  });
});
