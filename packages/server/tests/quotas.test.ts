import { createDataGroups, listItems } from '@latchkey/contract/routes/items';
import { getLimits } from '@latchkey/contract/routes/limits';
import { createApiToken, getBearerToken } from '@latchkey/contract/routes/session';
import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { readConfig } from '@latchkey/server/config/environment';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { images, newFolder, newIntegration, spooled } from './fixtures.js';
import { countRows, run, sql } from './registration-fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({
    worker: false,
    environment: {
      LATCHKEY_MAX_ITEMS: '5',
      LATCHKEY_MAX_RUNNING_JOBS_PER_USER: '2',
      LATCHKEY_MAX_API_TOKENS_PER_USER: '2',
    },
  });
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterAll(() => system.close());

const start = async (from: number): Promise<{ status: number; body: TestJson }> =>
  system.register(folder, integration, { images: images(1, from) });

test('bounds nothing unless they are set', () => {
  expect(Object.values(readConfig({}).quotas)).toEqual([null, null, null, null, null]);
  expect(readConfig({ LATCHKEY_MAX_ITEMS: 'off' }).quotas.items).toBeNull();
});

test.each([
  'LATCHKEY_MAX_ITEMS',
  'LATCHKEY_MAX_RUNNING_JOBS_PER_USER',
  'LATCHKEY_MAX_SPOOL_BYTES',
  'LATCHKEY_MAX_SPOOL_BYTES_PER_USER',
  'LATCHKEY_MAX_API_TOKENS_PER_USER',
])('refuse for %s what is no count, without its value', (name) => {
  const read = (): unknown => readConfig({ [name]: '-17' });
  expect(read).toThrow(`${name} must be a whole number from 1 to`);
  expect(read).not.toThrow('-17');
});

test('are shown with the limits', async () => {
  const { body } = await system.call(getLimits, { as: await system.createUser() });
  expect(body.quotas).toEqual({
    items: 5,
    runningJobsPerUser: 2,
    spoolBytes: null,
    spoolBytesPerUser: null,
    apiTokensPerUser: 2,
  });
});

test('refuse a job more than a user may have at a time, and keep nothing of it', async () => {
  // At the same moment, so that each has to see the others.
  const started = await Promise.all([start(0), start(1), start(2)]);
  expect(started.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
  const refused = started.find(({ status }) => status === 409);
  expect(refused?.body).toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringMatching(/2 upload jobs at a time .* 2 of yours have not ended\. Wait for one/),
    details: { quota: 'runningJobsPerUser', allowed: 2 },
  });
  expect(await countRows(system, 'upload_jobs')).toBe(2);
  expect(await spooled(system)).toHaveLength(2);

  const jobUuid = started.find(({ status }) => status === 200)?.body;
  await system.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid } });
  expect((await start(3)).status).toBe(200);
});

test('end a job that would register more items than there may be', async () => {
  system.startWorker();
  await system.drain();
  // Two are there.
  const job = await run(system, folder, integration, { images: images(4, 10) });
  expect(job).toMatchObject({ status: 'ERROR', unitsDoneCount: 0, unitsCancelledCount: 4 });
  expect(job.errors).toEqual([
    expect.stringMatching(/^This server takes 5 items in all \(LATCHKEY_MAX_ITEMS\), .* would be 6\./),
  ]);
  expect(await countRows(system, 'items')).toBe(2);
  const whole = await run(system, folder, integration, { images: images(4, 10) }, false);
  expect(whole).toMatchObject({ status: 'ERROR', unitsDoneCount: 0 });
  expect(whole.errors[0]).toContain('Nothing was registered.');

  expect(await run(system, folder, integration, { images: images(3, 10) })).toMatchObject({ status: 'DONE' });
});

test('let known objects be renewed when there is no room', async () => {
  const manifest = { images: images(3, 10), skip_duplicate_urls: true };
  expect(await run(system, folder, integration, manifest)).toMatchObject({
    status: 'DONE',
    unitsSkippedCount: 3,
  });
});

test('refuse data groups more than there may be', async () => {
  const { body } = await system.call(listItems, { params: { folderUuid: folder } });
  const refused = await system.call(createDataGroups, {
    params: { folderUuid: folder },
    body: [{ layoutType: 'default-list', layoutContents: [body.results[0].uuid] }] as TestJson,
  });
  expect(refused).toMatchObject({ status: 409, body: { code: 'quota_exceeded' } });
  expect(await countRows(system, 'items')).toBe(5);
});

test('refuse a token more than a user may have, also by exchange, and count none that has expired', async () => {
  const user = await system.createUser();
  const make = () => system.call(createApiToken, { body: { title: 'token' }, as: user });
  // The user has one; at the same moment, so that each has to see the others.
  const made = await Promise.all([make(), make(), make()]);
  expect(made.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect(made.find(({ status }) => status === 409)?.body).toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringMatching(
      /2 API tokens .*\(LATCHKEY_MAX_API_TOKENS_PER_USER\), and there are 2\. Delete/,
    ),
    details: { quota: 'apiTokensPerUser', allowed: 2 },
  });
  expect((await system.call(getBearerToken, { as: user })).status).toBe(409);
  const text = "UPDATE api_tokens SET expires_at = now() WHERE user_id = $1 AND title = 'token'";
  await sql(system, text, [user.uuid]);
  expect((await make()).status).toBe(200);
});
