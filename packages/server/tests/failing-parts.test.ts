import { open, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFailedUnits } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageMetadata, images, newFolder, newIntegration, spoolDirectory, unitErrors } from './fixtures.js';
import { allUnits, countRows, jobNow, reconciles, sql } from './registration-fixtures.js';

// One of its own for each test: the manifest is damaged before a worker starts.
let system: TestSystem;
let integration: string;
beforeEach(async () => {
  system = await startTestSystem({ worker: false });
  integration = await newIntegration(system);
});
afterEach(() => system.close());

interface Damaged {
  readonly folder: string;
  readonly jobUuid: string;
}

/** Three parts of 2,000 units each; `damage` gets the path of the manifest in the spool. */
async function startDamaged(
  damage: (path: string, size: number) => Promise<void>,
  ignoreErrors = true,
): Promise<Damaged> {
  const folder = await newFolder(system);
  const { body: jobUuid } = await system.register(
    folder,
    integration,
    { images: images(6000), skip_duplicate_urls: true },
    { ignoreErrors },
  );
  const path = join(spoolDirectory(system), `${jobUuid}.manifest`);
  await damage(path, (await stat(path)).size);
  return { folder, jobUuid };
}

/** Turns bits in the middle third. */
async function damageMiddle(path: string, size: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(100, 0xa5), 0, 100, Math.floor(size / 2));
  await file.close();
}

/** Works until the job ends; parts that failed are due again at once. */
async function workToTheEnd({ folder, jobUuid }: Damaged): Promise<TestJson> {
  system.startWorker();
  let job: TestJson;
  await expect
    .poll(
      async () => {
        await sql(system, 'UPDATE upload_job_parts SET lease_until = NULL WHERE failures > 0');
        system.context.jobEvents.workAvailable();
        job = await jobNow(system, folder, jobUuid);
        expect(reconciles(job)).toBe(true);
        return job.status;
      },
      { timeout: 25_000 },
    )
    .not.toBe('PENDING');
  return job;
}

describe('a part that always fails', () => {
  it('ends as errors that name each of its units; the others are registered', async () => {
    const damaged = await startDamaged(damageMiddle);
    const { folder, jobUuid } = damaged;
    expect(await workToTheEnd(damaged)).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 4000,
      unitsErrorCount: 2000,
      unitsCancelledCount: 0,
    });
    const units = await allUnits(system, folder, jobUuid);
    expect(units).toHaveLength(6000);
    units.forEach(({ position, outcome, place, error }, index) => {
      const failed = index >= 2000 && index < 4000;
      expect({ position, outcome, place, code: error?.code }).toEqual({
        position: index,
        outcome: failed ? 'error' : 'created',
        place: { kind: 'images', element: index },
        code: failed ? 'part_failed' : undefined,
      });
    });
    const errors = await unitErrors(system, folder, jobUuid);
    expect(errors).toHaveLength(1000);
    expect(errors[0]).toMatchObject({
      code: 'part_failed',
      place: { kind: 'images', element: 2000, line: null },
      hint: expect.stringContaining('Register it again'),
    });
    expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(4000);
  });

  it('can be registered again: what is there is skipped, what failed is not', async () => {
    const damaged = await startDamaged(damageMiddle);
    await workToTheEnd(damaged);
    const again = await system.register(damaged.folder, integration, {
      images: images(6000),
      skip_duplicate_urls: true,
    });
    expect(await workToTheEnd({ folder: damaged.folder, jobUuid: again.body })).toMatchObject({
      unitsDoneCount: 2000,
      unitsSkippedCount: 4000,
      unitsErrorCount: 0,
    });
  });

  it('ends an all-or-nothing job with an error, and nothing is registered', async () => {
    const damaged = await startDamaged(damageMiddle, false);
    const job = await workToTheEnd(damaged);
    expect(job).toMatchObject({
      status: 'ERROR',
      unitsDoneCount: 0,
      unitsCancelledCount: 6000,
      errors: [expect.stringContaining('fault of the server')],
    });
    expect(await countRows(system, 'items', `folder_id = '${damaged.folder}'`)).toBe(0);
  });

  it('is so where the end of the manifest is cut off', async () => {
    const damaged = await startDamaged((path, size) => truncate(path, Math.floor(size * 0.9)));
    expect(await workToTheEnd(damaged)).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 4000,
      unitsErrorCount: 2000,
    });
    const { folder: folderUuid, jobUuid } = damaged;
    expect(await system.call(downloadFailedUnits, { params: { folderUuid, jobUuid } })).toMatchObject({
      status: 410,
      body: { code: 'manifest_not_kept', message: expect.stringContaining('damaged') },
    });
  });

  it('are all of them where the manifest is gone', async () => {
    const damaged = await startDamaged((path) => rm(path));
    const job = await workToTheEnd(damaged);
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 0, unitsErrorCount: 6000 });
    expect(job.unitErrors).toHaveLength(1000);
  });

  it('holds up no other job', async () => {
    const damaged = await startDamaged((path) => rm(path));
    system.startWorker();
    const folder = await newFolder(system);
    const { body } = await system.register(folder, integration, {
      images: [{ objectUrl: 'https://data.example.com/1', imageMetadata }],
    });
    await expect
      .poll(async () => (await jobNow(system, folder, body)).status, { timeout: 20_000 })
      .toBe('DONE');
    expect(await jobNow(system, damaged.folder, damaged.jobUuid)).toMatchObject({ status: 'PENDING' });
    await workToTheEnd(damaged);
  });
});
