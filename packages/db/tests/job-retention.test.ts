import type { Database } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import {
  deleteOldJobs,
  deleteSpooledManifests,
  insertSpooledManifest,
  listDisposableManifests,
  registeredSince,
} from '@latchkey/db/upload-jobs/retention';
import { insertUnitErrors } from '@latchkey/db/upload-jobs/unit-errors-writer';
import { addProgress, finishUploadJob } from '@latchkey/db/upload-jobs/writer';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addItems, addOwner, column, nextId, type Owner } from './fixtures.js';
import { addJob, finishJobs } from './job-fixtures.js';

const hour = 3_600;

describe.each(engines)('retention of jobs on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    const text = 'DELETE FROM upload_jobs; DELETE FROM spooled_manifests';
    await db.query({ name: 'test.clear', text });
    owner = await addOwner(db);
  });

  const settle = (jobId: string, done: number, error: number) =>
    addProgress(
      db,
      { job_id: jobId, phase: 'registering' },
      { done, error, skipped: 0, renewed: 0, checked: 0, parts: 1 },
    );
  const jobs = () => column<string>(db, 'SELECT id FROM upload_jobs ORDER BY id');
  const manifests = () => column<string>(db, 'SELECT spool_key FROM spooled_manifests ORDER BY 1');

  it('disposes of the manifest of a job at once when every unit was registered', async () => {
    const jobId = await addJob(db, owner, 1);
    expect(await listDisposableManifests(db, hour, 10)).toEqual([]);
    await settle(jobId, 10, 0);
    await finishJobs(db, [jobId]);
    expect(await listDisposableManifests(db, hour, 10)).toEqual([`spool-${jobId}`]);
  });

  it('keeps the manifest of a job with failed or cancelled units for the given time', async () => {
    const [failed, cancelled] = [await addJob(db, owner, 1), await addJob(db, owner, 1)];
    await settle(failed, 9, 1);
    const finished = [failed, cancelled];
    await finishJobs(db, finished, hour - 60);
    expect(await listDisposableManifests(db, hour, 10)).toEqual([]);
    await finishJobs(db, finished, hour + 60);
    expect(await listDisposableManifests(db, hour, 10)).toEqual(finished.map((id) => `spool-${id}`));
    expect(await listDisposableManifests(db, hour, 1)).toEqual([`spool-${failed}`]);
  });

  it('disposes of a manifest that no job names once it is a day old', async () => {
    await insertSpooledManifest(db, 'broken-off');
    await insertSpooledManifest(db, 'being-received');
    const text = `UPDATE spooled_manifests SET created_at = now() - interval '25 hours' WHERE spool_key = 'broken-off'`;
    await db.query({ name: 'test.age', text });
    expect(await listDisposableManifests(db, 0, 10)).toEqual(['broken-off']);
  });

  it('forgets manifests that were removed, also in their jobs', async () => {
    const [removed, kept] = [await addJob(db, owner, 1), await addJob(db, owner, 1)];
    await deleteSpooledManifests(db, [`spool-${removed}`, 'never known']);
    expect(await manifests()).toEqual([`spool-${kept}`]);
    const text = 'SELECT spool_key FROM upload_jobs ORDER BY id';
    expect(await column(db, text)).toEqual([null, `spool-${kept}`]);
  });

  it('deletes old finished jobs with their parts and errors, the oldest first, and keeps their items', async () => {
    const old = [await addJob(db, owner, 1), await addJob(db, owner, 1), await addJob(db, owner, 1)];
    const [young, pending] = [await addJob(db, owner, 1), await addJob(db, owner, 1)];
    const [item] = await addItems(db, owner, [{}]);
    const error = {
      kind: 'image',
      element: 0,
      line: 2,
      column: 3,
      field: null,
      code: 'c',
      message: 'm',
      hint: 'h',
    };
    for (const id of old) {
      await insertUnitErrors(db, id, [{ id: nextId(), position: 0, ...error, title: null, objectUrl: null }]);
    }
    for (const [index, id] of old.entries()) await finishJobs(db, [id], hour + 180 - index * 60);
    await finishJobs(db, [young], hour - 60);
    await deleteSpooledManifests(db, await manifests());
    expect(await deleteOldJobs(db, hour, 2)).toBe(2);
    expect(await jobs()).toEqual([old[2], young, pending]);
    expect(await deleteOldJobs(db, hour, 2)).toBe(1);
    expect(await deleteOldJobs(db, hour, 2)).toBe(0);
    expect(await jobs()).toEqual([young, pending]);
    expect(await column(db, 'SELECT DISTINCT job_id FROM upload_job_parts ORDER BY 1')).toEqual([
      young,
      pending,
    ]);
    expect(await column(db, 'SELECT job_id FROM unit_errors')).toEqual([]);
    expect(await column(db, 'SELECT id FROM items WHERE folder_id = $1', [owner.folderId])).toEqual([item]);
  });

  it('keeps an old job whose manifest is still in the spool', async () => {
    const jobId = await addJob(db, owner, 1);
    await finishJobs(db, [jobId], 2 * hour);
    expect(await deleteOldJobs(db, hour, 10)).toBe(0);
    await deleteSpooledManifests(db, [`spool-${jobId}`]);
    expect(await deleteOldJobs(db, hour, 10)).toBe(1);
  });

  it('knows how much was registered since a moment, and whether jobs are on their way', async () => {
    expect(await registeredSince(db, 0)).toEqual({ registered: 0, pending: false });
    const [early, late] = [await addJob(db, owner, 1), await addJob(db, owner, 1)];
    await settle(early, 10, 0);
    await settle(late, 7, 3);
    await finishJobs(db, [early], hour);
    expect(await registeredSince(db, 0)).toEqual({ registered: 10, pending: true });
    await finishUploadJob(db, late, 'DONE', []);
    expect(await registeredSince(db, 0)).toEqual({ registered: 17, pending: false });
    expect(await registeredSince(db, Date.now() - 60_000)).toEqual({ registered: 7, pending: false });
    expect(await registeredSince(db, Date.now() + 60_000)).toEqual({ registered: 0, pending: false });
  });
});
