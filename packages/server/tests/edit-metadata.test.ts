import {
  editItemsMetadata,
  getItem,
  getItemHistory,
  listItems,
  moveItems,
  patchItem,
} from '@latchkey/contract/routes/items';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { run } from './registration-fixtures.js';
import { auditOf, folderOf, share } from './storage-fixtures.js';

let system: TestSystem;
let folderUuid: string;
let uuids: string[];
beforeAll(async () => {
  system = await startTestSystem();
});
beforeEach(async () => {
  folderUuid = await newFolder(system);
  const integration = await newIntegration(system, {});
  const images = [{ camera: 'left', night: true }, { camera: 'right' }, undefined].map(
    (clientMetadata, at) => ({
      objectUrl: signedUrl(`${folderUuid}/${at}.jpg`),
      title: `image ${at}`,
      imageMetadata,
      ...(clientMetadata && { clientMetadata }),
    }),
  );
  await run(system, folderUuid, integration, { images });
  const { body } = await system.call(listItems, { params: { folderUuid }, query: { order: 'name' } });
  uuids = body.results.map(({ uuid }: TestJson) => uuid);
});
afterAll(() => system.close());

const edit = (body: object, as?: TestUser) =>
  system.call(editItemsMetadata, { body: { itemUuids: uuids, ...body }, ...(as && { as }) });
const metadata = () =>
  Promise.all(
    uuids.map(async (itemUuid) =>
      JSON.parse((await system.call(getItem, { params: { itemUuid } })).body.clientMetadata),
    ),
  );

describe('the client metadata of many items', () => {
  it('gets and loses keys, and the other keys stay; what is so already is not changed', async () => {
    const { status, body } = await edit({ set: { camera: 'left' }, remove: ['night', 'absent'] });
    expect({ status, body }).toEqual({ status: 200, body: { itemsCount: 3, changedCount: 3 } });
    expect(await metadata()).toEqual([{ camera: 'left' }, { camera: 'left' }, { camera: 'left' }]);
    expect((await edit({ set: { camera: 'left' } })).body).toEqual({ itemsCount: 3, changedCount: 0 });
    const entries = await auditOf(system, 'item.edit-metadata');
    expect(entries.map(({ details }) => details)).toContainEqual({
      itemUuids: uuids,
      setKeys: ['camera'],
      removedKeys: ['night', 'absent'],
      changedCount: 3,
    });
  });

  it('stays as it is when one item would be too large, or a key is set and removed, or there is none', async () => {
    const before = await metadata();
    const large = 'x'.repeat(1_048_560);
    expect((await edit({ set: { a: large } })).body.code).toBe('invalid_client_metadata');
    expect((await edit({ set: { $bad: 1 } })).body.code).toBe('invalid_client_metadata');
    const both = await edit({ set: { a: 1 }, remove: ['a'] });
    expect(both).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(both.body.message).toContain('"a" is both');
    expect((await edit({})).body.message).toContain('Nothing is to be changed');
    expect(await metadata()).toEqual(before);
  });

  it('is changed by administrators of the folder alone', async () => {
    const user = await system.createUser();
    expect((await edit({ set: { a: 1 } }, user)).body.code).toBe('item_not_found');
    await share(system, folderUuid, user, 'viewer');
    expect((await edit({ set: { a: 1 } }, user)).body.code).toBe('forbidden');
  });
});

describe('the history of an item', () => {
  it('has who changed it and what, alone or among others, newest first, and none of the values', async () => {
    const [itemUuid = ''] = uuids;
    await system.call(patchItem, { params: { folderUuid, itemUuid }, body: { name: 'a secret name' } });
    await edit({ set: { place: 'a secret place' } });
    const elsewhere = await folderOf(system, system.admin, 'Elsewhere');
    await system.call(moveItems, {
      params: { folderUuid },
      body: { itemUuids: uuids, newParentUuid: elsewhere },
    });
    const params = { folderUuid: elsewhere, itemUuid };
    const { body } = await system.call(getItemHistory, { params });
    expect(body.results.map(({ action, details }: TestJson) => [action, details])).toEqual([
      ['item.move', { newParentUuid: elsewhere }],
      ['item.edit-metadata', { setKeys: ['place'], removedKeys: [] }],
      ['item.change', { fields: ['name'] }],
    ]);
    expect(JSON.stringify(body)).not.toContain('secret');
    const first = await system.call(getItemHistory, { params, query: { pageSize: 2 } });
    const pageToken = first.body.nextPageToken;
    const second = await system.call(getItemHistory, { params, query: { pageSize: 2, pageToken } });
    expect([...first.body.results, ...second.body.results]).toEqual(body.results);
    expect(second.body.nextPageToken).toBeNull();
  });
});
