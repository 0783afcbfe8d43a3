import { downloadUnitErrorsNdjson, getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images, jobResult, newFolder, newIntegration } from './fixtures.js';
import { allUnits, countRows, post, reconciles, sql } from './registration-fixtures.js';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.close());

describe('the long poll of a job with 200,000 failing units among others', () => {
  const failing = 200_000;
  const good = 1500;
  let folder: string;
  let jobUuid: string;
  let answer: string;

  beforeAll(async () => {
    folder = await newFolder(system);
    const integration = await newIntegration(system, { strictClientOnly: true });
    const text = `{"images":[${JSON.stringify(images(good)).slice(1, -1)},${'{},'.repeat(failing - 1)}{}]}`;
    const started = await post(system, folder, integration, text);
    expect(started.status).toBe(200);
    jobUuid = started.body;
    await jobResult(system, folder, jobUuid);
    const response = await fetch(
      `${system.baseUrl}/v2/public/storage/folders/${folder}/data-upload-jobs/${jobUuid}`,
      { headers: { authorization: `Bearer ${system.admin.token}` } },
    );
    answer = await response.text();
  });

  it('is bounded, and its counts reconcile', () => {
    const job = JSON.parse(answer);
    expect(job).toMatchObject({
      status: 'DONE',
      unitsTotalCount: failing + good,
      unitsDoneCount: good,
      unitsErrorCount: failing,
    });
    expect(reconciles(job)).toBe(true);
    expect(job.itemsWithNames).toHaveLength(1000);
    expect(job.unitErrors).toHaveLength(1000);
    expect(answer.length).toBeLessThan(1024 * 1024);
  });

  it('has the first ones of the file', () => {
    const job = JSON.parse(answer);
    expect(job.itemsWithNames.map(({ name }: { name: string }) => name)).toEqual(
      images(1000).map(({ title }) => title),
    );
    expect(job.unitErrors.map(({ place }: { place: { element: number } }) => place.element)).toEqual(
      Array.from({ length: 1000 }, (_, index) => good + index),
    );
  });

  it('loses nothing: rows, download and unit results have every unit once', async () => {
    expect(await countRows(system, 'unit_errors', `job_id = '${jobUuid}'`)).toBe(failing);
    expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(good);
    const params = { folderUuid: folder, jobUuid };
    const { body } = await system.call(downloadUnitErrorsNdjson, { params });
    const elements = body
      .trimEnd()
      .split('\n')
      .map((line: string) => JSON.parse(line).place.element);
    expect(elements).toHaveLength(failing);
    elements.forEach((element: number, index: number) => {
      if (element !== good + index) throw new Error(`Line ${index} is of element ${element}.`);
    });
    expect(await allUnits(system, folder, jobUuid, { pageSize: 1000, outcomes: ['created'] })).toHaveLength(
      good,
    );
    const [parts] = await sql<{ errors: number; created: number }>(
      system,
      'SELECT sum(units_error)::int AS errors, sum(units_created)::int AS created FROM upload_job_parts WHERE job_id = $1',
      [jobUuid],
    );
    expect(parts).toEqual({ errors: failing, created: good });
  });
});

describe('a long poll', () => {
  it('answers at once for a finished job, and as soon as a pending one has finished', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const folderUuid = await newFolder(waiting);
    const { body: jobUuid } = await waiting.register(folderUuid, await newIntegration(waiting), {
      images: images(3),
    });
    const poll = (timeoutSeconds: number) =>
      waiting.call(getUploadJob, { params: { folderUuid, jobUuid }, query: { timeoutSeconds } });
    const pending = await poll(0);
    expect(pending.body).toMatchObject({ status: 'PENDING', itemsWithNames: [], unitErrors: [] });
    const polls = Promise.all([poll(50), poll(604_800)]);
    waiting.startWorker();
    for (const { body } of await polls) {
      expect(body).toMatchObject({ status: 'DONE', unitsDoneCount: 3 });
      expect(body.itemsWithNames).toHaveLength(3);
    }
  });

  it('of a job that is unknown, or of another folder, is refused', async () => {
    const folderUuid = await newFolder(system);
    const jobUuid = '00000000-0000-7000-8000-000000000000';
    expect(await system.call(getUploadJob, { params: { folderUuid, jobUuid } })).toMatchObject({
      status: 404,
      body: { code: 'upload_job_not_found' },
    });
    const as = await system.createUser();
    expect(await system.call(getUploadJob, { params: { folderUuid, jobUuid }, as })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
  });
});
