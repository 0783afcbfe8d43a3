import {
  addDatasetItems,
  addMatchingToDataset,
  createDataset,
  deleteDataset,
  getDataset,
  listDatasetItems,
  listDatasets,
  patchDataset,
  removeDatasetItems,
  removeMatchingFromDataset,
} from '@latchkey/contract/routes/datasets';
import { listTopLevelFolders } from '@latchkey/contract/routes/folders';
import { deleteItems, getItem, getItemSummary, listItems, moveItems } from '@latchkey/contract/routes/items';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  auditOf,
  folderOf,
  insertItems,
  names,
  newDataset,
  nobody,
  share,
  shareDataset,
  walk,
} from './storage-fixtures.js';

let system: TestSystem;
let owner: TestUser;
let other: TestUser;
let folder: string;
let dataset: string;
let items: string[];
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  [owner, other] = [await system.createUser(), await system.createUser()];
});
beforeEach(async () => {
  folder = await folderOf(system, owner, 'Folder');
  dataset = await newDataset(system, owner);
  items = await insertItems(
    system,
    owner,
    folder,
    ['a', 'b', 'c'].map((name) => ({ name })),
  );
});
afterAll(() => system.close());

const add = (itemUuids: readonly string[], datasetUuid = dataset, as = owner) =>
  system.call(addDatasetItems, { params: { datasetUuid }, body: { itemUuids }, as });
const remove = (itemUuids: readonly string[], as = owner) =>
  system.call(removeDatasetItems, { params: { datasetUuid: dataset }, body: { itemUuids }, as });
const count = async (datasetUuid = dataset) =>
  (await system.call(getDataset, { params: { datasetUuid }, as: owner })).body.itemsCount;
const itemNames = async (as = owner) =>
  names((await system.call(listDatasetItems, { params: { datasetUuid: dataset }, as })).body.results);
const titles = async (query: object, as = owner) =>
  (await system.call(listDatasets, { query, as })).body.result.map(({ title }: { title: string }) => title);
const usesOf = async (itemUuid = '', as = owner) =>
  (await system.call(getItemSummary, { params: { folderUuid: folder, itemUuid }, as })).body;

describe('datasets', () => {
  it('are created, found as the official client asks for them, changed and deleted', async () => {
    const params = { datasetUuid: await newDataset(system, owner, 'Cats of 2026') };
    const changed = await system.call(patchDataset, { params, body: { description: 'tabby' }, as: owner });
    expect(changed).toMatchObject({
      status: 200,
      body: { title: 'Cats of 2026', description: 'tabby', userRole: 'admin', itemsCount: 0 },
    });
    for (const query of [
      { titleEq: 'Cats of 2026' },
      { titleLike: 'cats%' },
      { descriptionLike: '%ABB_' },
      { titleLike: '%2026', createdAfter: '2020-01-01T00:00:00Z', editedBefore: '2999-01-01T00:00:00Z' },
    ])
      expect(await titles(query)).toEqual(['Cats of 2026']);
    expect(await titles({ titleEq: 'Cats' })).toEqual([]);
    expect(await titles({ titleEq: 'Cats of 2026', createdBefore: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await titles({ titleEq: 'Cats of 2026' }, other)).toEqual([]);
    const forAdmins = { titleEq: 'Cats of 2026', includeOrgAccess: true };
    expect(await titles(forAdmins, other)).toEqual([]);
    const { body } = await system.call(listDatasets, { query: forAdmins, as: system.admin });
    expect(body.result).toMatchObject([{ title: 'Cats of 2026', userRole: null }]);
    expect((await system.call(deleteDataset, { params, as: owner })).status).toBe(204);
    expect(await system.call(getDataset, { params, as: owner })).toMatchObject({
      status: 403,
      body: { code: 'dataset_not_found' },
    });
    expect(await auditOf(system, 'dataset.delete')).toContainEqual({
      user_id: owner.uuid,
      subject_id: params.datasetUuid,
      details: { title: 'Cats of 2026', itemsCount: 0 },
    });
  });

  it('have no backing folder, also where the official client asks for one as it does by default', async () => {
    const body = { title: 'Plain', description: null, createBackingFolder: true, legacyCall: false };
    const created = await system.call(createDataset, { body, as: owner });
    expect(created).toMatchObject({ status: 200, body: { backingFolderUuid: null } });
    const params = { datasetUuid: created.body.datasetUuid };
    expect(await system.call(getDataset, { params, as: owner })).toMatchObject({
      body: { title: 'Plain', itemsCount: 0, backingFolderUuid: null },
    });
    const folders = await system.call(listTopLevelFolders, { query: { search: 'Plain' }, as: owner });
    expect(folders.body.results).toEqual([]);
  });

  it('take items of several folders, each once, and give them back page by page', async () => {
    const elsewhere = await insertItems(system, owner, await folderOf(system, owner, 'Elsewhere'), [
      { name: 'd' },
    ]);
    expect((await add(items.slice(0, 2))).body).toEqual({ addedCount: 2, presentCount: 0 });
    expect((await add([...items, ...elsewhere, ...elsewhere])).body).toEqual({
      addedCount: 2,
      presentCount: 2,
    });
    expect(await count()).toBe(4);
    const page = async (pageToken?: string) => {
      const query = { pageSize: 1, ...(pageToken !== undefined && { pageToken }) };
      const params = { datasetUuid: dataset };
      return (await system.call(listDatasetItems, { params, query, as: owner })).body;
    };
    expect(await walk(page)).toEqual(['a', 'b', 'c', 'd']);
    expect((await remove([items[1] ?? '', nobody])).body).toEqual({ removedCount: 1 });
    expect([await count(), await itemNames()]).toEqual([3, ['a', 'c', 'd']]);
    expect(await auditOf(system, 'dataset.remove-items')).toContainEqual({
      user_id: owner.uuid,
      subject_id: dataset,
      details: { itemUuids: [items[1]] },
    });
  });

  it('take all of a request or nothing', async () => {
    expect(await add([...items, nobody])).toMatchObject({ status: 403, body: { code: 'item_not_found' } });
    const foreign = await insertItems(system, other, await folderOf(system, other, 'Foreign'), [
      { name: 'x' },
    ]);
    expect(await add([...items, ...foreign])).toMatchObject({ body: { code: 'item_not_found' } });
    expect(await count()).toBe(0);
  });

  it('open no item: each member sees those of folders that are shared with him', async () => {
    await add(items);
    await shareDataset(system, dataset, other, 'user');
    expect(await itemNames(other)).toEqual([]);
    expect((await remove(items, other)).status).toBe(403);
    await share(system, folder, other, 'viewer');
    expect(await itemNames(other)).toEqual(['a', 'b', 'c']);
    expect(await itemNames(system.admin)).toEqual(['a', 'b', 'c']);
  });

  it('say where an item is used, and filter lists', async () => {
    const second = await newDataset(system, other, 'Of another');
    await share(system, folder, other, 'viewer');
    await add(items.slice(0, 1));
    await add(items.slice(0, 1), second, other);
    const { usedInDatasets, accessibleDatasets } = await usesOf(items[0]);
    expect([usedInDatasets, accessibleDatasets.length]).toEqual([2, 1]);
    expect(accessibleDatasets[0]).toMatchObject({
      datasetHash: dataset,
      title: 'Dataset',
      backingFolderUuid: null,
      dataHashes: [expect.any(String)],
    });
    expect(await usesOf(items[1])).toMatchObject({ usedInDatasets: 0, accessibleDatasets: [] });
    const item = await system.call(getItem, { params: { itemUuid: items[0] ?? '' }, as: owner });
    expect(item.body.backedDataUnitsCount).toBe(2);
    const list = async (query: object) =>
      names(
        (await system.call(listItems, { params: { folderUuid: folder }, query, as: owner })).body.results,
      );
    expect(await list({ isInDataset: true })).toEqual(['a']);
    expect(await list({ isInDataset: false })).toEqual(['b', 'c']);
    expect(await list({ isInDataset: true, search: 'b' })).toEqual([]);
    expect(await list({ isInDataset: true, itemTypes: ['image'], order: 'createdAt' })).toEqual(['a']);
  });

  it('keep items that are moved, and lose those that are deleted', async () => {
    await add(items);
    const target = await folderOf(system, owner, 'Target');
    const params = { folderUuid: folder };
    const move = { itemUuids: items.slice(0, 1), newParentUuid: target };
    expect((await system.call(moveItems, { params, body: move, as: owner })).status).toBe(204);
    expect(await itemNames()).toEqual(['a', 'b', 'c']);
    const deletion = { childUuids: items.slice(1, 2) };
    expect((await system.call(deleteItems, { params, body: deletion, as: owner })).status).toBe(200);
    expect([await count(), await itemNames()]).toEqual([2, ['a', 'c']]);
  });

  it('take and lose all that a filter finds in a folder, some at a time', async () => {
    const many = await insertItems(
      system,
      owner,
      folder,
      Array.from({ length: 1_001 }, (_, index) => ({ name: `many ${index}` })),
    );
    await add(many.slice(0, 1));
    const matching = async (route: typeof addMatchingToDataset, filter: object) => {
      const body = { folderUuid: folder, filter, createdBefore: new Date(Date.now() + 60_000).toISOString() };
      const params = { datasetUuid: dataset };
      const first = await system.call(route, { params, body, as: owner });
      const { nextPageToken: pageToken, ...step } = first.body;
      if (pageToken === null) return [step];
      const second = await system.call(route, { params, body: { ...body, pageToken }, as: owner });
      return [step, second.body];
    };
    expect(await matching(addMatchingToDataset, { search: 'many' })).toEqual([
      { itemsCount: 1_000, changedCount: 999 },
      { itemsCount: 1, changedCount: 1, nextPageToken: null },
    ]);
    expect(await count()).toBe(1_001);
    const remove = removeMatchingFromDataset as typeof addMatchingToDataset;
    expect(await matching(remove, { search: 'many 1' })).toMatchObject([
      { itemsCount: 112, changedCount: 112 },
    ]);
    expect(await matching(remove, { search: 'a' })).toMatchObject([
      { changedCount: 888 },
      { changedCount: 1 },
    ]);
    expect(await count()).toBe(0);
    const entries = await auditOf(system, 'dataset.remove-items');
    const ofFilter = entries.filter(({ details }) => details.filter?.search === 'many 1');
    expect(ofFilter.map(({ details }) => details.itemUuids.length)).toEqual([112]);
  });

  it('take nothing of a folder that the caller may not see', async () => {
    const foreign = await folderOf(system, other, 'Foreign');
    const body = { folderUuid: foreign, filter: {}, createdBefore: new Date().toISOString() };
    const params = { datasetUuid: dataset };
    expect(await system.call(addMatchingToDataset, { params, body, as: owner })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
  });
});
