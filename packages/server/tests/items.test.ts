import { getFolder, getFolderSummary } from '@latchkey/contract/routes/folders';
import { createIntegration, deleteIntegration } from '@latchkey/contract/routes/integrations';
import {
  deleteItems,
  getChildItems,
  getItem,
  getItemSummary,
  getItemsBulk,
  listItems,
  moveItems,
  patchItem,
  patchItemsBulk,
  searchItems,
} from '@latchkey/contract/routes/items';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  auditOf,
  folderOf,
  insertItems,
  insertPendingJob,
  names,
  nobody,
  share,
  walk,
} from './storage-fixtures.js';

let system: TestSystem;
let user: TestUser;
let folder: string;
let integration: string;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  integration = await newIntegration('Archive');
});
afterAll(() => system.close());
beforeEach(async () => {
  user = await system.createUser();
  folder = await folderOf(system, user, 'Folder');
});

async function newIntegration(title: string): Promise<string> {
  return (await system.call(createIntegration, { body: { title } })).body.integrationUuid;
}

const insert = (items: Parameters<typeof insertItems>[3], into = folder): Promise<string[]> =>
  insertItems(system, user, into, items);
const item = async (itemUuid: string, query = {}, as = user): Promise<TestJson> =>
  (await system.call(getItem, { params: { itemUuid }, query, as })).body;
const list = async (query: Record<string, unknown> = {}, folderUuid = folder, as = user): Promise<TestJson> =>
  (await system.call(listItems, { params: { folderUuid }, query, as })).body;

describe('one item', () => {
  it('has every key, with null for what is not known', async () => {
    const [plain = ''] = await insert([{ name: 'plain', head: 'https://acme.example/a%20b' }]);
    expect(await item(plain)).toEqual({
      uuid: plain,
      parent: folder,
      itemType: 'image',
      name: 'plain',
      description: '',
      clientMetadata: '{}',
      owner: user.email,
      createdAt: expect.any(String),
      lastEditedAt: expect.any(String),
      isTombstone: false,
      isPlaceholder: false,
      backedDataUnitsCount: 0,
      storageLocation: 'directAccess',
      integrationHash: null,
      url: 'https://acme.example/a%20b',
      signedUrl: null,
      fileSize: null,
      mimeType: null,
      duration: null,
      fps: null,
      height: null,
      width: null,
      dicomInstanceUid: null,
      dicomStudyUid: null,
      dicomSeriesUid: null,
      frameCount: null,
      audioSampleRate: null,
      audioBitDepth: null,
      audioCodec: null,
      audioNumChannels: null,
      numPages: null,
      mediaDetails: null,
      metadataSource: null,
      expiresAt: null,
      expiryCertainty: null,
    });
  });

  it('says what is known of the media, with the frames of a video', async () => {
    const [video = '', audio = ''] = await insert([
      {
        name: 'v',
        type: 'video',
        integration,
        columns: {
          duration: 10.01,
          fps: 29.97,
          width: 640,
          height: 480,
          file_size: 2 ** 40,
          mime_type: 'video/mp4',
          metadata_source: 'manifest',
          client_metadata: { a: [1, 'ü'] },
          expires_at: '2126-03-08T12:00:00Z',
          expiry_certainty: 'exact',
        },
      },
      {
        name: 'a',
        type: 'audio',
        columns: {
          duration: 2,
          audio_sample_rate: 44_100,
          audio_bit_depth: 16,
          audio_codec: 'pcm',
          audio_num_channels: 2,
        },
      },
    ]);
    const body = await item(video);
    expect(body).toMatchObject({
      itemType: 'video',
      integrationHash: integration,
      duration: 10.01,
      fps: 29.97,
      frameCount: 300,
      width: 640,
      height: 480,
      fileSize: 2 ** 40,
      mimeType: 'video/mp4',
      metadataSource: 'manifest',
      expiresAt: '2126-03-08T12:00:00.000Z',
      expiryCertainty: 'exact',
    });
    expect(JSON.parse(body.clientMetadata)).toEqual({ a: [1, 'ü'] });
    expect(await item(audio)).toMatchObject({
      frameCount: null,
      audioSampleRate: 44_100,
      audioBitDepth: 16,
      audioCodec: 'pcm',
      audioNumChannels: 2,
    });
  });

  it('is hidden from who may not see its folder, as a missing one is', async () => {
    const [uuid = ''] = await insert([{ name: 'x' }]);
    const other = await system.createUser();
    expect(await item(uuid, {}, other)).toMatchObject({ code: 'item_not_found' });
    expect(await item(nobody)).toMatchObject({ code: 'item_not_found' });
    expect(await item(uuid, {}, system.admin)).toMatchObject({ uuid });
    const child = await folderOf(system, user, 'child', folder);
    const [below = ''] = await insert([{ name: 'below' }], child);
    await share(system, folder, other, 'viewer');
    expect(await item(below, {}, other)).toMatchObject({ uuid: below });
  });

  it('has no members and is used nowhere', async () => {
    const [itemUuid = ''] = await insert([{ name: 'x' }]);
    const params = { folderUuid: folder, itemUuid };
    expect((await system.call(getChildItems, { params, as: user })).body).toEqual({
      results: [],
      nextPageToken: null,
    });
    expect((await system.call(getItemSummary, { params, as: user })).body).toEqual({
      frameInGroups: 0,
      accessibleGroupItems: [],
      usedInDatasets: 0,
      accessibleDatasets: [],
      groupLayout: null,
    });
    const elsewhere = { folderUuid: await folderOf(system, user, 'other'), itemUuid };
    expect(await system.call(getItemSummary, { params: elsewhere, as: user })).toMatchObject({
      body: { code: 'item_not_found' },
    });
  });
});

describe('handing out a URL', () => {
  const head = 'https://acme.s3.amazonaws.com/A%2Fb c/ü.jpg?versionId=1';
  const tail = '&X-Amz-Signature=AB%2f12&X-Amz-Expires=60&&x=';

  it('gives it byte for byte to who asks, and writes down who did', async () => {
    const [uuid = ''] = await insert([{ name: 'x', integration, head, tail }]);
    const before = (await auditOf(system, 'item.url.handOut')).length;
    expect(await item(uuid)).toMatchObject({ url: head, signedUrl: null });
    expect(await item(uuid, { signUrl: 'False' })).toMatchObject({ signedUrl: null });
    expect(await auditOf(system, 'item.url.handOut')).toHaveLength(before);
    expect(await item(uuid, { signUrl: 'True' })).toMatchObject({ url: head, signedUrl: head + tail });
    const entries = (await auditOf(system, 'item.url.handOut')).slice(before);
    expect(entries).toEqual([
      { user_id: user.uuid, subject_id: uuid, details: { integrationId: integration, folderId: folder } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Signature');
  });

  it('gives the URL as it is where nothing signs it, and none once the integration is gone', async () => {
    const temporary = await newIntegration(`Temporary ${user.uuid}`);
    const [open = '', lost = ''] = await insert([
      { name: 'open', integration, head },
      { name: 'lost', integration: temporary, head, tail },
    ]);
    await system.call(deleteIntegration, { params: { integrationUuid: temporary }, query: { force: true } });
    const before = (await auditOf(system, 'item.url.handOut')).length;
    expect(await item(open, { signUrl: true })).toMatchObject({ signedUrl: head });
    expect(await item(lost, { signUrl: true })).toMatchObject({
      integrationHash: null,
      url: head,
      signedUrl: null,
    });
    expect((await auditOf(system, 'item.url.handOut')).slice(before)).toMatchObject([{ subject_id: open }]);
  });

  it('does so in lists and bulk requests as well, in one entry', async () => {
    const ids = await insert([
      { name: 'a', integration, head, tail: '&s=1' },
      { name: 'b', integration, head, tail: '&s=2' },
    ]);
    const urls = (results: TestJson[]) => results.map(({ signedUrl }) => signedUrl);
    expect(urls((await list()).results)).toEqual([null, null]);
    expect(urls((await list({ signUrls: true })).results)).toEqual([`${head}&s=1`, `${head}&s=2`]);
    const [a, b] = ids;
    const before = (await auditOf(system, 'item.url.handOut')).length;
    const bulk = await system.call(getItemsBulk, {
      body: { item_uuids: [b, a, b], sign_urls: true },
      as: user,
    });
    expect(urls(bulk.body.results)).toEqual([`${head}&s=2`, `${head}&s=1`, `${head}&s=2`]);
    expect((await auditOf(system, 'item.url.handOut')).slice(before)).toMatchObject([
      { user_id: user.uuid, subject_id: null, details: { folderUuids: [folder] } },
    ]);
    const [entry] = (await auditOf(system, 'item.url.handOut')).slice(before);
    expect(entry.details.itemUuids.toSorted()).toEqual(ids.toSorted());
  });
});

describe('a list of items', () => {
  const titles = ['b', 'a', 'B', 'a', 'ä', '100%', '100_', '1000'];

  it.each([1, 3, 8, 100])('walks all of it in order with pages of %i', async (pageSize) => {
    await insert(titles.map((name) => ({ name })));
    const by = (query: object) => walk((pageToken) => list({ ...query, pageSize, pageToken }));
    const sorted = [...titles].sort();
    expect(await by({})).toEqual(sorted);
    expect(await by({ order: 'name', desc: true })).toEqual([...sorted].reverse());
    expect(await by({ order: 'createdAt' })).toEqual(titles);
    expect(await by({ order: 'createdAt', desc: true })).toEqual([...titles].reverse());
  });

  it('gives 100 items unless told otherwise, and goes on where it was when items are added', async () => {
    await insert(Array.from({ length: 150 }, (_, index) => ({ name: `n${String(index).padStart(3, '0')}` })));
    const first = await list();
    expect(first.results).toHaveLength(100);
    await insert([{ name: 'm' }, { name: 'n1000' }]);
    const second = await list({ pageToken: first.nextPageToken });
    expect(names(second.results).slice(0, 2)).toEqual(['n100', 'n1000']);
    expect(second).toMatchObject({ nextPageToken: null });
    expect(second.results).toHaveLength(51);
  });

  it('filters by text and by types', async () => {
    await insert([
      ...titles.map((name) => ({ name })),
      { name: 'film a', type: 'video' as const },
      { name: 'page a', type: 'pdf' as const },
    ]);
    const found = async (query: object) => names((await list({ ...query })).results);
    expect(await found({ search: '0%' })).toEqual(['100%']);
    expect(await found({ search: '0_' })).toEqual(['100_']);
    expect(await found({ search: 'Ä' })).toEqual(['ä']);
    expect(await found({ search: 'A' })).toEqual(['a', 'a', 'film a', 'page a']);
    expect(await found({ itemTypes: ['video', 'pdf'] })).toEqual(['film a', 'page a']);
    expect(await found({ item_types: ['pdf'], search: 'a' })).toEqual(['page a']);
    expect(await found({ isInDataset: true })).toEqual([]);
    expect(await found({ isInDataset: false, itemTypes: ['pdf'] })).toEqual(['page a']);
    expect(await list({ itemTypes: ['picture'] })).toMatchObject({ code: 'invalid_request' });
  });

  it('merges the folders below with isRecursive, page by page', async () => {
    const child = await folderOf(system, user, 'child', folder);
    const grandchild = await folderOf(system, user, 'grandchild', child);
    const beside = await folderOf(system, user, 'beside');
    await insert([{ name: 'a' }, { name: 'd' }]);
    await insert([{ name: 'b' }, { name: 'd' }], child);
    await insert([{ name: 'c' }, { name: 'e' }], grandchild);
    await insert([{ name: 'x' }], beside);
    const by = (query: object) =>
      walk((pageToken) => list({ ...query, isRecursive: true, pageSize: 2, pageToken }));
    expect(await by({})).toEqual(['a', 'b', 'c', 'd', 'd', 'e']);
    expect(await by({ desc: true })).toEqual(['e', 'd', 'd', 'c', 'b', 'a']);
    expect(await by({ order: 'createdAt' })).toEqual(['a', 'd', 'b', 'd', 'c', 'e']);
    expect(names((await list({}, child)).results)).toEqual(['b', 'd']);
  });

  it('refuses tokens of other lists', async () => {
    await insert([{ name: 'a' }, { name: 'b' }]);
    const other = await folderOf(system, user, 'other');
    const { nextPageToken } = await list({ pageSize: 1 });
    expect(await list({ pageToken: nextPageToken, pageSize: 5 })).toMatchObject({ results: [{ name: 'b' }] });
    const refused = { code: 'invalid_page_token' };
    expect(await list({ pageToken: nextPageToken }, other)).toMatchObject(refused);
    expect(await list({ pageToken: nextPageToken, itemTypes: ['image'] })).toMatchObject(refused);
    expect(await list({ pageToken: nextPageToken, isRecursive: true })).toMatchObject(refused);
    expect(await list({ pageToken: 'AAAA' })).toMatchObject(refused);
  });
});

describe('a search for items', () => {
  const search = async (query: Record<string, unknown>, as = user): Promise<TestJson> =>
    (await system.call(searchItems, { query, as })).body;

  it('finds them in all folders that the user may see, and in no others', async () => {
    const other = await system.createUser();
    const child = await folderOf(system, user, 'child', folder);
    await insert([{ name: `one ${user.uuid}` }]);
    await insert([{ name: `two ${user.uuid}`, type: 'pdf' }], child);
    const text = { search: user.uuid.toUpperCase() };
    expect(names((await search(text)).results)).toEqual([`one ${user.uuid}`, `two ${user.uuid}`]);
    expect(names((await search({ ...text, itemTypes: ['pdf'] })).results)).toEqual([`two ${user.uuid}`]);
    expect((await search({ itemTypes: ['pdf'] })).results).toHaveLength(1);
    expect((await search(text, other)).results).toEqual([]);
    await share(system, child, other, 'viewer');
    expect(names((await search({ ...text, includeOrgAccess: true }, other)).results)).toEqual([
      `two ${user.uuid}`,
    ]);
    expect((await search(text, system.admin)).results).toEqual([]);
    expect((await search({ ...text, includeOrgAccess: true }, system.admin)).results).toHaveLength(2);
  });

  it('needs a text or types', async () => {
    expect(await search({})).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('itemTypes'),
    });
    expect(await search({ search: '' })).toMatchObject({ code: 'invalid_request' });
  });
});

describe('many items at once', () => {
  const bulk = (itemUuids: string[], as = user) => system.call(getItemsBulk, { body: { itemUuids }, as });

  it('come in the order of the request, repeats included', async () => {
    const [a = '', b = ''] = await insert([{ name: 'a' }, { name: 'b' }]);
    expect(names((await bulk([b, a.toUpperCase(), b])).body.results)).toEqual(['b', 'a', 'b']);
    expect((await bulk([])).body).toMatchObject({ results: [] });
  });

  it('are refused as a whole for one that may not be seen', async () => {
    const other = await system.createUser();
    const [a = ''] = await insert([{ name: 'a' }]);
    const [hidden = ''] = await insertItems(system, other, await folderOf(system, other, 'x'), [
      { name: 'h' },
    ]);
    for (const uuid of [hidden, nobody])
      expect(await bulk([a, uuid])).toMatchObject({
        status: 403,
        body: { code: 'item_not_found', details: { uuid } },
      });
    expect(await bulk(['x'])).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await bulk(Array.from({ length: 1001 }, () => a))).status).toBe(400);
  });
});

describe('changing items', () => {
  const patch = (itemUuid: string, body: Record<string, unknown>, folderUuid = folder, as = user) =>
    system.call(patchItem, { params: { folderUuid, itemUuid }, body, as });

  it('changes what is given and leaves null and absent as they are', async () => {
    const [uuid = ''] = await insert([{ name: 'old', columns: { client_metadata: { a: 1 } } }]);
    const { body } = await patch(uuid, { description: 'text', name: null });
    expect(body).toMatchObject({ name: 'old', description: 'text' });
    expect(JSON.parse(body.clientMetadata)).toEqual({ a: 1 });
    const again = await patch(uuid, { name: 'new', description: null, client_metadata: { snake_key: 2 } });
    expect(again.body).toMatchObject({ name: 'new', description: 'text' });
    expect(JSON.parse(again.body.clientMetadata)).toEqual({ snake_key: 2 });
    expect(Date.parse(again.body.lastEditedAt)).toBeGreaterThanOrEqual(Date.parse(again.body.createdAt));
    expect(await patch(uuid, { clientMetadata: { $a: 1 } })).toMatchObject({
      body: { code: 'invalid_client_metadata' },
    });
    expect(await patch(uuid, { name: 'a\0' })).toMatchObject({ body: { code: 'invalid_request' } });
  });

  it('refuses an item of another folder, and a user without the admin role', async () => {
    const [uuid = ''] = await insert([{ name: 'x' }]);
    const elsewhere = await folderOf(system, user, 'other');
    expect(await patch(uuid, { name: 'y' }, elsewhere)).toMatchObject({
      status: 403,
      body: { code: 'item_not_found' },
    });
    const other = await system.createUser();
    await share(system, folder, other, 'viewer');
    expect(await patch(uuid, { name: 'y' }, folder, other)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(await item(uuid)).toMatchObject({ name: 'x' });
  });

  it('changes many of several folders, all or nothing, and answers in order', async () => {
    const child = await folderOf(system, user, 'child', folder);
    const [a = '', b = ''] = await insert([{ name: 'a' }, { name: 'b' }]);
    const [c = ''] = await insert([{ name: 'c' }], child);
    const many = (itemPatches: object, as = user) =>
      system.call(patchItemsBulk, { body: { itemPatches }, as });
    const { body } = await many({ [c]: { name: 'C' }, [a]: { client_metadata: { n: 1 } } });
    expect(names(body.results)).toEqual(['C', 'a']);
    expect(await many({ [a]: { name: 'x' }, [nobody]: { name: 'y' } })).toMatchObject({
      body: { code: 'item_not_found' },
    });
    const other = await system.createUser();
    await share(system, folder, other, 'viewer');
    await share(system, child, other, 'admin');
    expect(await many({ [c]: { name: 'D' }, [b]: { name: 'E' } }, other)).toMatchObject({
      body: { code: 'forbidden' },
    });
    expect(names((await list({ isRecursive: true })).results)).toEqual(['C', 'a', 'b']);
    expect(names((await many({ [c]: { name: 'D' } }, other)).body.results)).toEqual(['D']);
  });
});

describe('moving items', () => {
  const move = (itemUuids: string[], newParentUuid: string, as = user, folderUuid = folder) =>
    system.call(moveItems, {
      params: { folderUuid },
      body: { itemUuids, newParentUuid, allowSyncedDatasetMove: false },
      as,
    });

  it('moves them with their counts, tolerates repeats and writes it down', async () => {
    const target = await folderOf(system, user, 'target');
    const [a = '', b = ''] = await insert([{ name: 'a', columns: { file_size: 5 } }, { name: 'b' }]);
    expect(await move([a, a.toUpperCase()], target)).toMatchObject({ status: 204 });
    expect(await item(a)).toMatchObject({ parent: target });
    const files = async (folderUuid: string) =>
      (await system.call(getFolderSummary, { params: { folderUuid }, as: user })).body;
    expect(await files(folder)).toMatchObject({ files: 1, totalSize: 0 });
    expect(await files(target)).toMatchObject({ files: 1, totalSize: 5 });
    expect((await auditOf(system, 'item.move')).at(-1)).toMatchObject({
      user_id: user.uuid,
      subject_id: folder,
      details: { itemsCount: 1, newParentUuid: target },
    });
    expect(await move([b, a], target)).toMatchObject({
      status: 403,
      body: { code: 'item_not_found', details: { uuid: a } },
    });
    expect(await item(b)).toMatchObject({ parent: folder });
  });

  it('needs the admin role on both folders', async () => {
    const other = await system.createUser();
    const [a = ''] = await insert([{ name: 'a' }]);
    const target = await folderOf(system, other, 'target');
    expect(await move([a], target, other)).toMatchObject({ body: { code: 'folder_not_found' } });
    expect(await move([a], target)).toMatchObject({ body: { code: 'folder_not_found' } });
    await share(system, folder, other, 'viewer');
    expect(await move([a], target, other)).toMatchObject({ body: { code: 'forbidden' } });
    await share(system, target, user, 'viewer');
    expect(await move([a], target)).toMatchObject({ body: { code: 'forbidden' } });
    expect(await item(a)).toMatchObject({ parent: folder });
  });

  it('moves each item once when two requests meet', async () => {
    const ids = await insert(Array.from({ length: 50 }, (_, index) => ({ name: `n${index}` })));
    const [one, two] = [await folderOf(system, user, 'one'), await folderOf(system, user, 'two')];
    const answers = await Promise.all([move(ids, one), move([...ids].reverse(), two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403]);
    const winner = answers[0]?.status === 204 ? one : two;
    expect((await list({}, winner)).results).toHaveLength(50);
  });
});

describe('deleting items', () => {
  const remove = (childUuids: string[], as = user, folderUuid = folder) =>
    system.call(deleteItems, { params: { folderUuid }, body: { childUuids, removeUnusedFrames: true }, as });

  it('deletes items and sub-folders with all below, and counts them', async () => {
    const child = await folderOf(system, user, 'child', folder);
    const grandchild = await folderOf(system, user, 'grandchild', child);
    const [a = '', b = ''] = await insert([{ name: 'a' }, { name: 'b' }]);
    await insert([{ name: 'c' }], child);
    await insert([{ name: 'd' }, { name: 'e' }], grandchild);
    await insertPendingJob(system, user, grandchild);
    const { status, body } = await remove([a, child, a]);
    expect({ status, body }).toEqual({ status: 200, body: { removedItemsCount: 4, removedFoldersCount: 2 } });
    expect(names((await list({ isRecursive: true })).results)).toEqual(['b']);
    expect(await item(b)).toMatchObject({ name: 'b' });
    expect(await system.call(getFolder, { params: { folderUuid: grandchild }, as: user })).toMatchObject({
      status: 403,
    });
    expect((await auditOf(system, 'item.delete')).at(-1)).toMatchObject({
      user_id: user.uuid,
      subject_id: folder,
      details: { itemsCount: 4, foldersCount: 2, pendingUploadJobsCount: 1, childUuids: [a, child] },
    });
    expect(await remove([])).toMatchObject({
      status: 200,
      body: { removedItemsCount: 0, removedFoldersCount: 0 },
    });
  });

  it('deletes nothing when one is not directly in the folder', async () => {
    const child = await folderOf(system, user, 'child', folder);
    const grandchild = await folderOf(system, user, 'grandchild', child);
    const [a = ''] = await insert([{ name: 'a' }]);
    const [below = ''] = await insert([{ name: 'below' }], child);
    for (const stranger of [below, grandchild, nobody, folder])
      expect(await remove([a, child, stranger])).toMatchObject({
        status: 403,
        body: { code: 'item_not_found', details: { uuid: stranger } },
      });
    expect(names((await list({ isRecursive: true })).results)).toEqual(['a', 'below']);
  });

  it('needs the admin role', async () => {
    const other = await system.createUser();
    const [a = ''] = await insert([{ name: 'a' }]);
    await share(system, folder, other, 'viewer');
    expect(await remove([a], other)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});
