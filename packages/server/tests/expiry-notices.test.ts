import { deleteFolder } from '@latchkey/contract/routes/folders';
import { addGroupMembers, createGroup } from '@latchkey/contract/routes/groups';
import { listNotifications } from '@latchkey/contract/routes/notifications';
import { addFolderGroups } from '@latchkey/contract/routes/sharing';
import { noticeExpiring } from '@latchkey/server/notifications/notice-expiring';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { share } from './storage-fixtures.js';

const hour = 3600;
let system: TestSystem;
let integration: string;

beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system);
});
afterAll(() => system.close());

/** As SigV4 writes it. */
const now = () => new Date().toISOString().replace(/[-:]|\.\d+/g, '');

/** Items of a new folder whose URLs die after these many hours. */
async function folderWith(hours: readonly number[], parent?: string): Promise<string> {
  const folder = await newFolder(system, 'Expiring', parent);
  await add(folder, hours);
  return folder;
}

async function add(folder: string, hours: readonly number[]): Promise<void> {
  const images = hours.map((each, index) => ({
    objectUrl: signedUrl(`${folder}/${each}-${index}.jpg`, 'ab12', now(), each * hour),
    imageMetadata,
  }));
  const { status } = await system.register(folder, integration, { images });
  if (status !== 200) throw new Error(`register answered ${status}`);
  await system.drain();
}

async function noticesOf(folder: string, as: TestUser = system.admin): Promise<TestJson[]> {
  await noticeExpiring(system.context);
  const { body } = await system.call(listNotifications, { query: { pageSize: 100 }, as });
  return body.results.filter((notice: TestJson) => notice.expiringItems?.folderUuid === folder);
}

it('tells how many items expire within a day and when the first does, once', async () => {
  const folder = await folderWith([3, 5, 5, 100]);
  const [notice, ...others] = await noticesOf(folder);
  expect(others).toEqual([]);
  expect(notice).toMatchObject({
    kind: 'itemsExpiring',
    readAt: null,
    uploadJob: null,
    expiringItems: { folderName: 'Expiring', itemsCount: expect.any(Number) },
  });
  const hoursLeft = (end: string) => (Date.parse(end) - Date.now()) / (hour * 1000);
  expect(hoursLeft(notice.expiringItems.firstExpiresBy)).toBeCloseTo(3, 1);
  expect(notice.expiringItems.itemsCount).toBe(3);
  expect(hoursLeft(notice.expiringItems.lastExpiresBy)).toBeCloseTo(5, 1);
  await add(folder, [7, 8]);
  expect(await noticesOf(folder)).toHaveLength(1);
});

it('gives one notice when several processes look at the same time', async () => {
  const folder = await folderWith([4]);
  await Promise.all(Array.from({ length: 5 }, () => noticeExpiring(system.context)));
  expect(await noticesOf(folder)).toHaveLength(1);
});

it('tells again when the time has passed and items still expire', async () => {
  const folder = await folderWith([6]);
  expect(await noticesOf(folder)).toHaveLength(1);
  const text = `UPDATE expiry_notices SET noticed_at = now() - interval '25 hours' WHERE folder_id = $1`;
  await system.context.db.query({ name: 'test.age', text, values: [folder] });
  expect(await noticesOf(folder)).toHaveLength(2);
});

it('says nothing of what lives longer', async () => {
  expect(await noticesOf(await folderWith([26, 100]))).toEqual([]);
});

it('tells those who administer the folder, also from above or in a group, and nobody else', async () => {
  const [above, user, admin, inGroup] = await Promise.all(
    Array.from({ length: 4 }, () => system.createUser()),
  );
  if (!above || !user || !admin || !inGroup) throw new Error('There are four users.');
  const parent = await newFolder(system, 'Above');
  const folder = await newFolder(system, 'Below', parent);
  await share(system, parent, above, 'admin');
  await share(system, folder, user, 'viewer');
  await share(system, folder, admin, 'admin');
  const { groupHash } = (await system.call(createGroup, { body: { name: 'Administrators' } })).body;
  const body = { userUuids: [inGroup.uuid] };
  await system.call(addGroupMembers, { params: { groupHash }, body });
  await system.call(addFolderGroups, {
    params: { folderUuid: folder },
    body: { groupHashList: [groupHash], folderRole: 'admin' },
  });
  await add(folder, [2]);
  expect(await noticesOf(folder, inGroup)).toHaveLength(1);
  expect(await noticesOf(folder, above)).toHaveLength(1);
  expect(await noticesOf(folder, admin)).toHaveLength(1);
  expect(await noticesOf(folder, user)).toEqual([]);
});

it('counts only items without a signer', async () => {
  const signing = await newIntegration(system, { signerUrl: 'https://signer.example.com/sign' });
  const folder = await newFolder(system, 'Signed and not');
  const register = async (into: string, hours: number) => {
    const image = {
      objectUrl: signedUrl(`${folder}/${hours}.jpg`, 'ab12', now(), hours * hour),
      imageMetadata,
    };
    await system.register(folder, into, { images: [image] });
    await system.drain();
  };
  await register(signing, 3);
  expect(await noticesOf(folder)).toEqual([]);
  await register(integration, 5);
  const text = `UPDATE expiry_notices SET noticed_at = noticed_at - interval '6 hours' WHERE folder_id = $1`;
  await system.context.db.query({ name: 'test.age', text, values: [folder] });
  const [notice] = await noticesOf(folder);
  expect(notice.expiringItems.itemsCount).toBe(1);
  expect(Date.parse(notice.expiringItems.firstExpiresBy) - Date.now()).toBeGreaterThan(4 * hour * 1000);
});

it('goes with its folder', async () => {
  const folder = await folderWith([2]);
  expect(await noticesOf(folder)).toHaveLength(1);
  const { status } = await system.call(deleteFolder, {
    params: { folderUuid: folder },
    query: { recursive: true },
  });
  expect(status).toBe(204);
  expect(await noticesOf(folder)).toEqual([]);
});

it('is never given where it is switched off', async () => {
  await using quiet = await startTestSystem({ environment: { LATCHKEY_EXPIRY_NOTICE_HOURS: 'off' } });
  const folder = await newFolder(quiet);
  const image = { objectUrl: signedUrl('a.jpg', 'ab12', now(), 2 * hour), imageMetadata };
  await quiet.register(folder, await newIntegration(quiet), { images: [image] });
  await quiet.drain();
  await noticeExpiring(quiet.context);
  const { body } = await quiet.call(listNotifications, {});
  expect(body.results.map(({ kind }: TestJson) => kind)).toEqual(['uploadJob']);
});
