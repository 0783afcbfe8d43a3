import { listItems } from '@latchkey/contract/routes/items';
import { getBearerToken, getCurrentUser } from '@latchkey/contract/routes/session';
import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { claimPart } from '@latchkey/db/upload-jobs/parts-writer';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { images, newFolder, newIntegration } from './fixtures.js';
import { countRows, jobNow, workOnNextPart } from './registration-fixtures.js';

const hourMs = 3_600_000;
/** What the process takes for the time. */
let now = Date.now();
let system: TestSystem;
let folder: string;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({
    worker: false,
    now: () => now,
    environment: { LATCHKEY_USER_REQUESTS_PER_SECOND: '5' },
  });
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterAll(() => system.close());

/** What lasts is judged by the database's clock, which all processes share. */
test.each([
  ['ahead by a year', 365 * 24 * hourMs],
  ['back by a year', -365 * 24 * hourMs],
])('a clock that is set %s signs nobody out and frees no part that is worked on', async (_way, jumpMs) => {
  const user = await system.createUser();
  const { token } = (await system.call(getBearerToken, { as: user })).body;
  const { body: jobUuid } = await system.register(folder, integration, { images: images(10) });
  const claimed = await claimPart(system.context.db, jobUuid, 60);
  expect(claimed).not.toBeNull();
  now += jumpMs;
  expect((await system.call(getCurrentUser, { as: { ...user, token } })).status).toBe(200);
  expect(await claimPart(system.context.db, jobUuid, 60)).toBeNull();
});

test('a job is registered once, whole, while the clock jumps back and forth', async () => {
  const target = await newFolder(system, 'Jumping');
  const { body: jobUuid } = await system.register(target, integration, { images: images(6000) });
  for (const jumpMs of [hourMs, -24 * hourMs, 23 * hourMs]) {
    now += jumpMs;
    expect(await workOnNextPart(system, jobUuid)).toBe(true);
  }
  expect(await jobNow(system, target, jobUuid)).toMatchObject({ status: 'DONE', unitsDoneCount: 6000 });
  expect(await countRows(system, 'items', `folder_id = '${target}'`)).toBe(6000);
});

test('a long poll ends in its time when the clock is set back meanwhile', async () => {
  const { body: jobUuid } = await system.register(folder, integration, { images: images(1) });
  const params = { folderUuid: folder, jobUuid };
  const polled = system.call(getUploadJob, { params, query: { timeoutSeconds: 2 } });
  // It is answered by another request that the poll has begun.
  await jobNow(system, folder, jobUuid);
  now -= hourMs;
  expect((await polled).body.status).toBe('PENDING');
});

test('who was held up for a moment is not held up for as long as the clock was set back', async () => {
  const user = await system.createUser();
  const ask = async () => (await system.call(listItems, { params: { folderUuid: folder }, as: user })).status;
  const statuses = new Set<number>();
  for (let request = 0; request < 60; request += 1) statuses.add(await ask());
  expect(statuses).toContain(429);
  now -= hourMs;
  expect(await ask()).not.toBe(429);
});
