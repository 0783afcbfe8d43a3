import { createFolder, getFolder, getFolderSummary } from '@latchkey/contract/routes/folders';
import {
  createDataGroups,
  deleteItems,
  getChildItems,
  getItem,
  getItemSummary,
  getItemsBulk,
  listItems,
  patchItem,
} from '@latchkey/contract/routes/items';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, jobResult, newFolder, newIntegration, signedUrl, unitErrors } from './fixtures.js';
import { countRows, post, run } from './registration-fixtures.js';
import { auditOf, folderOf, share } from './storage-fixtures.js';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.close());

const itemsOf = async (folderUuid: string): Promise<TestJson[]> =>
  (await system.call(listItems, { params: { folderUuid } })).body.results;
const childrenOf = async (folderUuid: string, itemUuid: string, signUrls = false): Promise<TestJson[]> =>
  (await system.call(getChildItems, { params: { folderUuid, itemUuid }, query: { signUrls } })).body.results;

const later = '21260401T120000Z';
const group = (date?: string) => ({
  title: 'a group',
  images: ['a', 'b', 'c'].map((key) => ({
    url: signedUrl(`g/${key}.jpg`, 'ab12', date),
    title: key,
    imageMetadata,
  })),
  clientMetadata: { weather: 'rain' },
});
const series = {
  title: 'a series',
  dicomFiles: ['1', '2'].map((file) => ({
    url: signedUrl(`d/${file}`),
    dicomMetadata: {
      tags: {
        '00080018': { vr: 'UI', Value: [`1.2.${file}`] },
        '0020000D': { vr: 'UI', Value: ['9.1'] },
        '0020000E': { vr: 'UI', Value: ['9.2'] },
        '00280010': { vr: 'US', Value: [512] },
        '00280011': { vr: 'US', Value: [256] },
      },
    },
  })),
};
const everyKind = {
  image_groups: [
    group(),
    { title: 'a film', createVideo: true, objectUrl_0: signedUrl('f/0.jpg'), imageMetadata_0: imageMetadata },
  ],
  dicom_series: [series],
  nifti: [
    {
      objectUrl: signedUrl('n.nii.gz'),
      title: 'a volume',
      niftiMetadata: {
        fileSize: 9,
        mimeType: 'application/nifti',
        width: 4,
        height: 5,
        depth: 6,
        numVolumes: 7,
      },
    },
  ],
  scenes: [
    {
      scene: { url: signedUrl('p.pcd'), format: 'pcd' },
      title: 'a cloud',
      pointCloudMetadata: { fileSize: 8, mimeType: 'application/octet-stream', numPoints: 100 },
    },
    {
      title: 'a drive',
      scene: {
        lidar: {
          type: 'point_cloud',
          events: [
            {
              uri: signedUrl('p0.pcd'),
              pointCloudMetadata: { fileSize: 9, mimeType: 'application/x-pcd', numPoints: 4 },
            },
          ],
        },
        front: { type: 'image', events: [{ uri: signedUrl('f0.jpg'), imageMetadata }] },
      },
    },
  ],
  time_series: [
    {
      objectUrl: signedUrl('t.csv'),
      title: 'a curve',
      timeSeriesMetadata: { fileSize: 7, mimeType: 'text/csv' },
      settings: { channels: { speed: { label: 'Speed' } } },
    },
  ],
  skip_duplicate_urls: true,
};

describe('a strict manifest of composite and other kinds', () => {
  it('becomes items with their members, is known again, and is counted', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system, { strictClientOnly: true });
    expect(await run(system, folder, integration, everyKind)).toMatchObject({
      unitsDoneCount: 7,
      unitsErrorCount: 0,
    });
    const items = new Map((await itemsOf(folder)).map((item) => [item.name, item]));
    expect(items.get('a group')).toMatchObject({
      itemType: 'imageGroup',
      url: null,
      frameCount: 3,
      fileSize: 3000,
      width: 640,
      metadataSource: 'manifest',
      clientMetadata: expect.stringContaining('rain'),
    });
    expect(items.get('a film')).toMatchObject({ itemType: 'imageSequence', frameCount: 1 });
    expect(items.get('a series')).toMatchObject({
      itemType: 'dicomSeries',
      frameCount: 2,
      width: 256,
      height: 512,
      dicomStudyUid: '9.1',
      dicomSeriesUid: '9.2',
      dicomInstanceUid: null,
    });
    expect(items.get('a volume')).toMatchObject({
      itemType: 'nifti',
      frameCount: 7,
      mediaDetails: { depth: 6 },
    });
    expect(items.get('a cloud')).toMatchObject({
      itemType: 'scene',
      mediaDetails: { format: 'pcd', numPoints: 100 },
    });
    expect(items.get('a drive')).toMatchObject({
      itemType: 'scene',
      url: null,
      frameCount: 2,
      fileSize: 9 + imageMetadata.fileSize,
      width: null,
      metadataSource: 'manifest',
    });
    expect(items.get('a curve')).toMatchObject({
      itemType: 'timeSeries',
      mediaDetails: { settings: { channels: { speed: { label: 'Speed' } } } },
    });
    const summary = (await system.call(getFolderSummary, { params: { folderUuid: folder } })).body;
    expect(summary).toMatchObject({
      files: 7,
      imageGroups: 1,
      imageSequences: 1,
      dicomSeries: 1,
      scenes: 2,
      timeSeries: 1,
    });

    expect(await run(system, folder, integration, everyKind)).toMatchObject({
      unitsDoneCount: 0,
      unitsSkippedCount: 7,
    });
    expect(await itemsOf(folder)).toHaveLength(7);
  });

  it('is refused where a member lacks what strict needs, with the member named', async () => {
    const folder = await newFolder(system);
    const manifest = {
      image_groups: [{ title: 'g', objectUrl_0: signedUrl('a'), objectUrl_1: signedUrl('b') }],
    };
    const job = await run(system, folder, await newIntegration(system, { strictClientOnly: true }), manifest);
    expect(job).toMatchObject({ unitsErrorCount: 1 });
    const [error] = await unitErrors(system, folder, job.uploadJobUuid);
    expect(error).toMatchObject({ code: 'media_metadata_missing', place: { field: 'imageMetadata_0' } });
    expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(0);
  });
});

describe('the members of a group', () => {
  it('come in order, with their URLs where they are asked for, each in the audit log', async () => {
    const folder = await newFolder(system);
    await run(system, folder, await newIntegration(system), { image_groups: [group()] });
    const [item] = await itemsOf(folder);
    const plain = await childrenOf(folder, item.uuid);
    expect(plain.map(({ name, itemType, signedUrl: url }) => [name, itemType, url])).toEqual([
      ['a', 'image', null],
      ['b', 'image', null],
      ['c', 'image', null],
    ]);
    const before = (await auditOf(system, 'item.url.handOut')).length;
    const signed = await childrenOf(folder, item.uuid, true);
    expect(signed.map(({ signedUrl: url }) => url)).toEqual(group().images.map(({ url }) => url));
    const [entry] = (await auditOf(system, 'item.url.handOut')).slice(before);
    expect(entry.details.itemUuids).toEqual(signed.map(({ uuid }) => uuid));
    const one = await system.call(getItem, { params: { itemUuid: plain[1].uuid }, query: { signUrl: true } });
    expect(one.body).toMatchObject({ name: 'b', parent: folder, signedUrl: signed[1].signedUrl });
    const uuids = [plain[2].uuid, item.uuid];
    const bulk = await system.call(getItemsBulk, { body: { itemUuids: uuids, signUrls: true } });
    expect(bulk.body.results.map(({ uuid }: TestJson) => uuid)).toEqual(uuids);
    const patch = { params: { folderUuid: folder, itemUuid: plain[0].uuid }, body: { name: 'x' } };
    expect((await system.call(patchItem, patch)).body).toMatchObject({ code: 'item_not_found' });
  });

  it('are renewed with it, and keep their ids', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    await run(system, folder, integration, { image_groups: [group()], skip_duplicate_urls: true });
    const [item] = await itemsOf(folder);
    const before = await childrenOf(folder, item.uuid, true);
    const again = { image_groups: [group(later)], skip_duplicate_urls: true };
    expect(await run(system, folder, integration, again)).toMatchObject({
      unitsRenewedCount: 1,
      unitsDoneCount: 0,
    });
    const after = await childrenOf(folder, item.uuid, true);
    expect(after.map(({ uuid }) => uuid)).toEqual(before.map(({ uuid }) => uuid));
    expect(after.map(({ signedUrl: url }) => url)).toEqual(group(later).images.map(({ url }) => url));
    expect((await itemsOf(folder))[0].expiresAt > item.expiresAt).toBe(true);
  });

  it('go with it', async () => {
    const folder = await newFolder(system);
    await run(system, folder, await newIntegration(system), { image_groups: [group()] });
    const [item] = await itemsOf(folder);
    expect(await countRows(system, 'item_members', `item_id = '${item.uuid}'`)).toBe(3);
    await system.call(deleteItems, { params: { folderUuid: folder }, body: { childUuids: [item.uuid] } });
    expect(await countRows(system, 'item_members', `item_id = '${item.uuid}'`)).toBe(0);
  });
});

describe('a group of registered items', () => {
  const imagesNamed = (...keys: string[]) => ({
    images: keys.map((key) => ({ objectUrl: signedUrl(`i/${key}.jpg`), title: key, imageMetadata })),
  });

  it('has them as its members, in order, as long as they are there', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    await run(system, folder, integration, imagesNamed('one', 'two'));
    const byName = new Map((await itemsOf(folder)).map(({ name, uuid }) => [name, uuid]));
    const imageItems = [byName.get('two'), byName.get('one')];
    const groups = {
      image_groups_from_items: [{ title: 'images', imageItems, createVideo: false }],
      data_groups: [{ title: 'data', layoutContents: { left: byName.get('one') } }],
      skip_duplicate_urls: true,
    };
    expect(await run(system, folder, integration, groups, false)).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 2,
    });
    expect(await run(system, folder, integration, groups)).toMatchObject({ unitsSkippedCount: 2 });
    const items = new Map((await itemsOf(folder)).map((item) => [item.name, item]));
    expect(items.get('images')).toMatchObject({ itemType: 'imageGroup', frameCount: 2, url: null });
    expect(items.get('data')).toMatchObject({
      itemType: 'group',
      mediaDetails: { group: { contents: { left: byName.get('one') } } },
    });
    const members = await childrenOf(folder, items.get('images').uuid, true);
    expect(members.map(({ uuid }) => uuid)).toEqual(imageItems);
    expect(members[0].signedUrl).toBe(signedUrl('i/two.jpg'));
    expect(await countRows(system, 'integration_origins', "origin = ''")).toBe(0);
    const childUuids = [byName.get('two')];
    await system.call(deleteItems, { params: { folderUuid: folder }, body: { childUuids } });
    expect(await childrenOf(folder, items.get('images').uuid)).toHaveLength(1);
  });

  it.each([true, false])(
    'of items that are not there or do not fit is a unit error (ignore errors: %s)',
    async (ignoreErrors) => {
      const folder = await newFolder(system);
      const integration = await newIntegration(system);
      const texts = [{ objectUrl: signedUrl('t.txt'), title: 'a text' }];
      await run(system, folder, integration, { ...imagesNamed('one'), text: texts });
      const byName = new Map((await itemsOf(folder)).map(({ name, uuid }) => [name, uuid]));
      const groups = ['00000000-0000-7000-8000-000000000000', byName.get('a text'), byName.get('one')].map(
        (item) => ({
          title: `group ${item}`,
          imageItems: [item],
        }),
      );
      const job = await run(system, folder, integration, { image_groups_from_items: groups }, ignoreErrors);
      expect(job).toMatchObject({ unitsErrorCount: 2, unitsDoneCount: ignoreErrors ? 1 : 0 });
      const errors = await unitErrors(system, folder, job.uploadJobUuid);
      expect(errors.map(({ code, place }) => [code, place.element, place.field])).toEqual([
        ['group_item_not_found', 0, 'imageItems'],
        ['group_item_wrong_type', 1, 'imageItems'],
      ]);
      expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(ignoreErrors ? 3 : 2);
    },
  );

  it('of another user is a unit error for who may not see the items', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    await run(system, folder, integration, imagesNamed('secret'));
    const [item] = await itemsOf(folder);
    const stranger = await system.createUser();
    const own = await folderOf(system, stranger, 'own');
    const theirs = await newIntegration(system, {}, stranger);
    const manifest = JSON.stringify({ data_groups: [{ title: 'g', layoutContents: [item.uuid] }] });
    const { body } = await post(system, own, theirs, manifest, { as: stranger });
    await system.drain();
    expect(await jobResult(system, own, body)).toMatchObject({
      unitsErrorCount: 1,
      unitErrors: [{ code: 'group_item_not_found' }],
    });
  });
});

describe('data groups that are made by a request', () => {
  const name = (key: string) => ({ objectUrl: signedUrl(`d/${key}.jpg`), title: key, imageMetadata });
  const create = (folderUuid: string, body: TestJson, as = system.admin) =>
    system.call(createDataGroups, { params: { folderUuid }, body, as });

  async function folderOfTwo(): Promise<{ folder: string; uuids: string[] }> {
    const folder = await newFolder(system);
    await run(system, folder, await newIntegration(system), { images: [name('one'), name('two')] });
    return { folder, uuids: (await itemsOf(folder)).map(({ uuid }) => uuid) };
  }

  it('are named by the summaries of their members, those that are not open to a user only counted', async () => {
    const { folder, uuids } = await folderOfTwo();
    const [one = '', two = ''] = uuids;
    const apart = await newFolder(system);
    const user = await system.createUser();
    await share(system, folder, user, 'viewer');
    const groupOf = async (folderUuid: string, layoutContents: string[], title: string) =>
      (await create(folderUuid, [{ layoutType: 'default-list', layoutContents, name: title }])).body[0];
    const both = await groupOf(folder, [one, two], 'both');
    const hidden = await groupOf(apart, [one], 'hidden');
    const summaryOf = async (itemUuid: string, as: TestUser) =>
      (await system.call(getItemSummary, { params: { folderUuid: folder, itemUuid }, as })).body;
    const parentName = (await system.call(getFolder, { params: { folderUuid: folder } })).body.name;
    const inBoth = { uuid: both, name: 'both', parentUuid: folder, parentName, itemType: 'group' };
    expect(await summaryOf(one, user)).toMatchObject({ frameInGroups: 2, accessibleGroupItems: [inBoth] });
    expect(await summaryOf(two, user)).toMatchObject({ frameInGroups: 1, accessibleGroupItems: [inBoth] });
    const forAdmin = await summaryOf(one, system.admin);
    expect(forAdmin.accessibleGroupItems.map(({ uuid }: TestJson) => uuid)).toEqual([both, hidden]);
    expect(await summaryOf(both, user)).toMatchObject({ frameInGroups: 0, accessibleGroupItems: [] });
  });

  it('are those of a manifest, in the forms of the official client', async () => {
    const { folder, uuids } = await folderOfTwo();
    const [one, two] = uuids;
    const layout = {
      direction: 'row',
      first: { type: 'data_unit', key: 'left_side' },
      second: { type: 'data_unit', key: 'right_side' },
      splitPercentage: 40,
    };
    const contents = { left_side: one, right_side: two };
    const settings = { tileSettings: { left_side: { title: 'Left' } } };
    const { status, body } = await create(folder, [
      { layoutType: 'default-list', layoutContents: uuids },
      { layout_type: 'default-grid', layout_contents: [two], name: 'grid', client_metadata: { a: 1 } },
      { layoutType: 'custom', layoutContents: contents, layout, settings, name: 'tree' },
    ]);
    expect(status).toBe(200);
    const groups = (await itemsOf(folder)).filter(({ itemType }) => itemType === 'group');
    const byId = new Map(groups.map((group) => [group.uuid, group]));
    const [list, grid, tree] = body.map((uuid: string) => byId.get(uuid));
    expect(list).toMatchObject({ frameCount: 2, mediaDetails: { group: { layout: 'default-list' } } });
    expect(grid).toMatchObject({ name: 'grid', clientMetadata: '{"a": 1}', integrationHash: null });
    expect(tree.mediaDetails.group).toEqual({ layout, settings, contents });
    expect((await childrenOf(folder, tree.uuid)).map(({ uuid }) => uuid)).toEqual(uuids);
    expect(await auditOf(system, 'item.create-groups')).toContainEqual({
      user_id: system.admin.uuid,
      subject_id: folder,
      details: { itemUuids: body },
    });
  });

  it('are refused together, with the one that is at fault', async () => {
    const { folder, uuids } = await folderOfTwo();
    const good = { layoutType: 'default-grid', layoutContents: uuids };
    const { body } = await create(folder, [good]);
    const stranger = '00000000-0000-7000-8000-000000000000';
    const cases: [TestJson, string][] = [
      [{ layoutContents: [stranger] }, 'group_item_not_found'],
      [{ layoutContents: body }, 'group_item_wrong_type'],
      [{ layoutContents: [] }, 'members_missing'],
      [{ layoutContents: uuids, clientMetadata: { $a: 1 } }, 'client_metadata_invalid'],
    ];
    for (const [bad, code] of cases)
      expect(await create(folder, [good, bad])).toMatchObject({
        status: 400,
        body: { code: 'data_group_invalid', details: { group: 1, code } },
      });
    expect(await countRows(system, 'items', `folder_id = '${folder}' AND type = 'group'`)).toBe(1);
  });

  it('may hold only what the caller may use', async () => {
    const { uuids } = await folderOfTwo();
    const user = await system.createUser();
    const own = await system.call(createFolder, { body: { name: 'own' }, as: user });
    expect(await create(own.body.uuid, [{ layoutContents: uuids }], user)).toMatchObject({
      status: 400,
      body: { details: { code: 'group_item_not_found' } },
    });
    expect(await create(await newFolder(system), [{ layoutContents: uuids }], user)).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
  });
});
