import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { endJob } from '@latchkey/server/registration/end-job';
import { type Answer, startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { images, newFolder, newIntegration } from './fixtures.js';
import { allUnits, countRows, jobNow, reconciles, sql, workOnNextPart } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

const cancel = (folderUuid: string, jobUuid: string): Promise<Answer> =>
  system.call(cancelUploadJob, { params: { folderUuid, jobUuid } });

const itemsIn = (folder: string): Promise<number> => countRows(system, 'items', `folder_id = '${folder}'`);

const finished = { status: 409, body: { code: 'upload_job_finished' } };

/** The embedded database has one connection: there a request could not even sign in before the transaction ends. */
async function cancelDuringTransaction(folder: string, jobUuid: string): Promise<number | null> {
  if (system.context.db.engine === 'pglite') return endJob(system.context, jobUuid, 'CANCELLED', []);
  const { status, body } = await cancel(folder, jobUuid);
  expect(status).toBe(200);
  return body.unitsCancelledCount;
}

async function start(folder: string, count: number, ignoreErrors = true): Promise<string> {
  const { body } = await system.register(folder, integration, { images: images(count) }, { ignoreErrors });
  return body;
}

describe('a cancel', () => {
  it('keeps the parts that are registered and says how many units it cancelled', async () => {
    const folder = await newFolder(system);
    const jobUuid = await start(folder, 5000);
    expect(await workOnNextPart(system, jobUuid)).toBe(true);
    expect(await cancel(folder, jobUuid)).toEqual({ status: 200, body: { unitsCancelledCount: 3000 } });
    const job = await jobNow(system, folder, jobUuid);
    expect(job).toMatchObject({
      status: 'CANCELLED',
      phase: 'finished',
      unitsDoneCount: 2000,
      unitsCancelledCount: 3000,
      unitsPendingCount: 0,
    });
    expect(reconciles(job)).toBe(true);
    expect(await itemsIn(folder)).toBe(2000);
    const cancelled = await allUnits(system, folder, jobUuid, { pageSize: 1000, outcomes: ['cancelled'] });
    expect(cancelled.map(({ position }) => position)).toEqual(
      Array.from({ length: 3000 }, (_, index) => 2000 + index),
    );
    expect(await workOnNextPart(system, jobUuid)).toBe(false);
    expect(await cancel(folder, jobUuid)).toMatchObject(finished);
  });

  it('of an all-or-nothing job between its passes leaves nothing', async () => {
    const folder = await newFolder(system);
    const jobUuid = await start(folder, 3000, false);
    for (let part = 0; part < 2; part++) await workOnNextPart(system, jobUuid);
    expect(await jobNow(system, folder, jobUuid)).toMatchObject({
      phase: 'registering',
      unitsCheckedCount: 3000,
      unitsPendingCount: 3000,
    });
    expect(await cancel(folder, jobUuid)).toEqual({ status: 200, body: { unitsCancelledCount: 3000 } });
    expect(await itemsIn(folder)).toBe(0);
    expect(await workOnNextPart(system, jobUuid)).toBe(false);
  });

  it('rolls an all-or-nothing job back while it is being registered, and says so', async () => {
    const folder = await newFolder(system);
    const parts = 30;
    const jobUuid = await start(folder, parts * 2000, false);
    for (let part = 0; part < parts; part++) await workOnNextPart(system, jobUuid);
    const prepare = vi.spyOn(system.context.prepareThreads, 'prepare');
    const working = workOnNextPart(system, jobUuid);
    await expect.poll(() => prepare.mock.calls.length, { interval: 5, timeout: 20_000 }).toBeGreaterThan(5);
    expect(await cancelDuringTransaction(folder, jobUuid)).toBe(parts * 2000);
    await working;
    expect(prepare.mock.calls.length).toBeLessThan(parts);
    prepare.mockRestore();
    const job = await jobNow(system, folder, jobUuid);
    expect(job).toMatchObject({ status: 'CANCELLED', unitsDoneCount: 0, unitsCancelledCount: parts * 2000 });
    expect(reconciles(job)).toBe(true);
    expect(await itemsIn(folder)).toBe(0);
    expect(await countRows(system, 'folder_item_counts', `folder_id = '${folder}' AND items_count > 0`)).toBe(
      0,
    );
  });

  it.each([true, false])(
    'that comes with the last part lets one of the two win (ignoreErrors %s)',
    async (ignoreErrors) => {
      for (let turn = 0; turn < 12; turn++) {
        const folder = await newFolder(system);
        const jobUuid = await start(folder, 20, ignoreErrors);
        if (!ignoreErrors) await workOnNextPart(system, jobUuid);
        const working = workOnNextPart(system, jobUuid);
        for (let tick = 0; tick < turn; tick++) await new Promise(setImmediate);
        const [answer] = await Promise.all([cancel(folder, jobUuid), working]);
        const job = await jobNow(system, folder, jobUuid);
        expect(reconciles(job)).toBe(true);
        expect(await itemsIn(folder)).toBe(job.unitsDoneCount);
        if (job.status === 'DONE') {
          expect(answer).toMatchObject(finished);
          expect(job.unitsDoneCount).toBe(20);
        } else {
          expect(answer).toEqual({ status: 200, body: { unitsCancelledCount: 20 } });
          expect(job).toMatchObject({ status: 'CANCELLED', unitsCancelledCount: 20 });
        }
      }
    },
  );

  it('by several at the same moment is told to each of them', async () => {
    const folder = await newFolder(system);
    const jobUuid = await start(folder, 10);
    const answers = await Promise.all([1, 2, 3].map(() => cancel(folder, jobUuid)));
    for (const answer of answers.filter(({ status }) => status !== 409))
      expect(answer).toEqual({ status: 200, body: { unitsCancelledCount: 10 } });
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer).toMatchObject(finished);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(await itemsIn(folder)).toBe(0);
  });

  it.each([true, false])(
    'whose process died is brought to its end by a worker (ignoreErrors %s)',
    async (ignoreErrors) => {
      const folder = await newFolder(system);
      const jobUuid = await start(folder, 10, ignoreErrors);
      await sql(system, 'UPDATE upload_jobs SET cancel_requested_at = now() WHERE id = $1', [jobUuid]);
      await workOnNextPart(system, jobUuid);
      expect(await jobNow(system, folder, jobUuid)).toMatchObject({ status: 'PENDING', unitsDoneCount: 0 });
      await sql(system, 'UPDATE upload_job_parts SET lease_until = NULL WHERE job_id = $1', [jobUuid]);
      await workOnNextPart(system, jobUuid);
      expect(await jobNow(system, folder, jobUuid)).toMatchObject({
        status: 'CANCELLED',
        unitsCancelledCount: 10,
      });
      expect(await itemsIn(folder)).toBe(0);
    },
  );

  it('is refused for an unknown job and to a stranger', async () => {
    const folder = await newFolder(system);
    const jobUuid = await start(folder, 1);
    expect(await cancel(await newFolder(system), jobUuid)).toMatchObject({
      status: 404,
      body: { code: 'upload_job_not_found' },
    });
    const as = await system.createUser();
    expect(await system.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid }, as })).toMatchObject(
      { status: 403, body: { code: 'folder_not_found' } },
    );
    expect(await jobNow(system, folder, jobUuid)).toMatchObject({ status: 'PENDING' });
  });
});

describe('a cancel while workers run', () => {
  it('comes before the rest of the job, and leaves as many items as the job says', async () => {
    await using working = await startTestSystem();
    working.startWorker();
    const integrationUuid = await newIntegration(working);
    const total = 60_000;
    const manifest = { images: images(total) };
    for (const wanted of [0, 2000, 6000]) {
      const folderUuid = await newFolder(working);
      const { body: jobUuid } = await working.register(folderUuid, integrationUuid, manifest);
      await expect
        .poll(async () => (await jobNow(working, folderUuid, jobUuid)).unitsDoneCount, {
          interval: 5,
          timeout: 20_000,
        })
        .toBeGreaterThanOrEqual(wanted);
      const answer = await working.call(cancelUploadJob, { params: { folderUuid, jobUuid } });
      const job = await jobNow(working, folderUuid, jobUuid);
      expect(job).toMatchObject({ status: 'CANCELLED', unitsErrorCount: 0, unitsPendingCount: 0 });
      expect(reconciles(job)).toBe(true);
      expect(answer).toEqual({ status: 200, body: { unitsCancelledCount: job.unitsCancelledCount } });
      await working.drain();
      expect(await countRows(working, 'items', `folder_id = '${folderUuid}'`)).toBe(job.unitsDoneCount);
      expect(await jobNow(working, folderUuid, jobUuid)).toMatchObject({
        unitsDoneCount: job.unitsDoneCount,
      });
    }
  });
});
