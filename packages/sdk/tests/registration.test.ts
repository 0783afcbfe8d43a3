import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addSshKey } from '@latchkey/contract/routes/session';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { LatchkeyClient } from '../src/client.js';
import { generateSshKeyPair } from '../src/ssh-key.js';
import type { StorageFolder } from '../src/storage-folder.js';

const image = (name: string) => ({
  objectUrl: `https://bucket.example.com/${name}?X-Amz-Signature=0123`,
  imageMetadata: { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 },
});

let system: TestSystem;
let client: LatchkeyClient;
let integrationId: string;

beforeAll(async () => {
  system = await startTestSystem();
  const pair = generateSshKeyPair('test');
  await system.call(addSshKey, { body: { title: 'test', publicKey: pair.publicKey } });
  client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl: system.baseUrl });
  integrationId = (await client.createCloudIntegration({ title: 'Cameras' })).integrationUuid;
});
afterAll(() => system.close());

async function register(
  folder: StorageFolder,
  manifest: Parameters<typeof folder.addPrivateDataToFolderStart>[0]['manifest'],
) {
  const job = await folder.addPrivateDataToFolderStart({ integrationId, manifest, ignoreErrors: true });
  return folder.addPrivateDataToFolderGetResult(job);
}

async function listOf<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = [];
  for await (const entry of iterable) entries.push(entry);
  return entries;
}

function largeFile(start: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-sdk-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'large.json');
  writeFileSync(path, start + ' '.repeat(30_000_000));
  return path;
}

test('registers an object, text, a blob and a stream, signed with the SSH key', async () => {
  const folder = await client.createStorageFolder('Streets');
  async function* stream() {
    yield new TextEncoder().encode('{"images":[');
    yield new TextEncoder().encode(`${JSON.stringify(image('d.jpg'))}]}`);
  }
  const manifests = [
    { images: [image('a.jpg')] },
    JSON.stringify({ images: [image('b.jpg')] }),
    new Blob([JSON.stringify({ images: [image('c.jpg')] })]),
    stream(),
  ];
  for (const manifest of manifests)
    expect(await register(folder, manifest)).toMatchObject({ status: 'DONE', unitsDoneCount: 1 });
  const items = await listOf(folder.listItems({ pageSize: 3 }));
  expect(items.map((item) => item.name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
  const [first] = await client.getStorageItems(
    items.map((item) => item.uuid),
    { signUrl: true },
  );
  expect(first?.signedUrl).toBe(image('a.jpg').objectUrl);
  expect(await listOf(folder.listUploadJobs())).toHaveLength(4);
});

test('lists the failed units of a job', async () => {
  const folder = await client.createStorageFolder('Faults');
  const result = await register(folder, { images: [image('a.jpg'), { title: 'no URL' }] });
  expect(result).toMatchObject({ status: 'DONE', unitsDoneCount: 1, unitsErrorCount: 1 });
  const errors = await listOf(folder.listUnitErrors(result.uploadJobUuid));
  expect(errors.map((error) => error.code)).toEqual(['object_url_missing']);
});

test('answers the refusal of a large file that is refused before it is sent whole', async () => {
  const folder = await client.createStorageFolder('Refused');
  await expect(register(folder, largeFile('{"images": [}'))).rejects.toMatchObject({
    name: 'InvalidArgumentsError',
    code: 'malformed_json',
  });
  const stranger = LatchkeyClient.createWithSshPrivateKey(generateSshKeyPair().privateKey, {
    baseUrl: system.baseUrl,
  });
  await expect(stranger.getStorageFolder(folder.uuid)).rejects.toMatchObject({
    name: 'AuthenticationError',
    code: 'unknown_key',
  });
});

test('makes data groups of registered items', async () => {
  const folder = await client.createStorageFolder('Groups');
  await register(folder, { images: [image('one.jpg'), image('two.jpg')] });
  const layoutContents = (await listOf(folder.listItems())).map(({ uuid }) => uuid);
  const uuids = await folder.createDataGroups([{ name: 'both', layoutType: 'default-list', layoutContents }]);
  expect(await listOf(folder.listItems({ itemTypes: ['group'] }))).toMatchObject([
    { uuid: uuids[0], name: 'both', frameCount: 2 },
  ]);
  await expect(folder.createDataGroups([{ layoutContents: [] }])).rejects.toMatchObject({
    code: 'data_group_invalid',
    details: { group: 0 },
  });
});

test('exports a folder and chosen items, and says what was left out', async () => {
  const folder = await client.createStorageFolder('Exported');
  const videos = [{ objectUrl: 'https://acme.s3.amazonaws.com/v.mp4', title: 'v' }];
  await register(folder, { images: [image('one.jpg'), image('two.jpg')], videos });
  const textOf = async (content: AsyncIterable<Uint8Array>) =>
    Buffer.concat(await listOf(content)).toString();
  const coco = await folder.export({ format: 'coco', withSignatures: true });
  expect(JSON.parse(await textOf(coco.content)).images).toMatchObject([
    { coco_url: image('one.jpg').objectUrl },
    { coco_url: image('two.jpg').objectUrl },
  ]);
  expect(coco.fileName).toBe('Exported.coco.json');
  expect(await coco.report()).toMatchObject({
    status: 'DONE',
    itemsCount: 2,
    urlsCount: 2,
    leftOut: [{ itemType: 'video', reason: 'type', count: 1 }],
  });
  const [first] = await listOf(folder.listItems());
  const chosen = await client.exportItems([first?.uuid ?? ''], { format: 'items' });
  expect(JSON.parse(await textOf(chosen.content))).toMatchObject({ name: 'one.jpg', signedUrl: null });
});

test('changes, moves and deletes folders and items', async () => {
  const parent = await client.createStorageFolder('Parent');
  const child = await client.createStorageFolder('Child', { parent, clientMetadata: { city: 'Turin' } });
  expect(child.clientMetadata).toEqual({ city: 'Turin' });
  await register(parent, { images: [image('a.jpg')] });
  const uuids = (await listOf(parent.listItems())).map((item) => item.uuid);
  await parent.moveItemsToFolder(child, uuids);
  expect((await child.getSummary()).images).toBe(1);
  expect(await child.deleteItems(uuids)).toBe(1);
  await child.update({ name: 'Renamed' });
  expect((await listOf(parent.listSubfolders())).map((folder) => folder.name)).toEqual(['Renamed']);
  await child.moveToFolder(null);
  expect(child.parentUuid).toBeNull();
  await child.delete();
  await expect(client.getStorageFolder(child.uuid)).rejects.toMatchObject({
    name: 'AuthorisationError',
    code: 'folder_not_found',
  });
});
