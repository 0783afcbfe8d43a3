import { setIntegrationMember } from '@latchkey/contract/routes/integrations';
import { getLimits } from '@latchkey/contract/routes/limits';
import { cleanUp } from '@latchkey/server/registration/maintenance';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { images, newIntegration, spooled } from './fixtures.js';
import { countRows, sql } from './registration-fixtures.js';
import { folderOf } from './storage-fixtures.js';

const manifest = JSON.stringify({ images: images(1) });
const bytes = manifest.length;
let system: TestSystem;
let integration: string;
let users: [TestUser, TestUser];
let folders: [string, string];
beforeAll(async () => {
  system = await startTestSystem({
    worker: false,
    environment: {
      LATCHKEY_MAX_SPOOL_BYTES: String(3 * bytes + 1),
      LATCHKEY_MAX_SPOOL_BYTES_PER_USER: String(2 * bytes + 1),
    },
  });
  integration = await newIntegration(system);
});
afterAll(() => system.close());
beforeEach(async () => {
  await sql(system, 'DELETE FROM upload_jobs');
  await sql(system, 'DELETE FROM spooled_manifests');
  users = [await system.createUser(), await system.createUser()];
  folders = [await folderOf(system, users[0], 'First'), await folderOf(system, users[1], 'Second')];
  for (const { email } of users)
    await system.call(setIntegrationMember, {
      params: { integrationUuid: integration },
      body: { userEmail: email, userRole: 'user' },
    });
});

const start = (index: 0 | 1, text = manifest) =>
  system.register(folders[index], integration, text, { as: users[index] });
const refusal = (quota: string, allowed: number) => ({
  status: 409,
  body: { code: 'quota_exceeded', details: { quota, allowed } },
});

test('are shown with the limits', async () => {
  expect((await system.call(getLimits)).body.quotas).toMatchObject({
    spoolBytes: 3 * bytes + 1,
    spoolBytesPerUser: 2 * bytes + 1,
  });
});

test('refuse a manifest more than a user may have in the spool, and keep nothing of it', async () => {
  const before = (await spooled(system)).length;
  const started = await Promise.all([start(0), start(0), start(0)]);
  expect(started.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
  const refused = started.find(({ status }) => status === 409);
  expect(refused).toMatchObject(refusal('spoolBytesPerUser', 2 * bytes + 1));
  expect(refused?.body.message).toContain(
    `bytes of manifests of a user (LATCHKEY_MAX_SPOOL_BYTES_PER_USER), and with these ${bytes} there would be ${3 * bytes}.`,
  );
  expect(await countRows(system, 'upload_jobs')).toBe(2);
  expect(await spooled(system)).toHaveLength(before + 2);
});

test('refuse a manifest more than all users may have together', async () => {
  expect((await start(0)).status).toBe(200);
  expect((await start(0)).status).toBe(200);
  expect((await start(1)).status).toBe(200);
  expect(await start(1)).toMatchObject(refusal('spoolBytes', 3 * bytes + 1));
  expect((await start(1)).body.message).toContain('of all users together (LATCHKEY_MAX_SPOOL_BYTES)');
});

test('refuse before the first byte where nothing is left', async () => {
  expect((await start(0, `${manifest}${' '.repeat(bytes + 1)}`)).status).toBe(200);
  const refused = await start(0, 'this is not read');
  expect(refused).toMatchObject(refusal('spoolBytesPerUser', 2 * bytes + 1));
  expect(refused.body.message).toContain(`and ${2 * bytes + 1} are held.`);
});

test('let the next one in once manifests are registered and leave the spool', async () => {
  await start(0);
  await start(0);
  expect((await start(0)).status).toBe(409);
  system.startWorker();
  await system.drain();
  await cleanUp(system.context);
  expect((await start(0)).status).toBe(200);
});
