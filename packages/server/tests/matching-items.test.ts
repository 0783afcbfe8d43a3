import { limits } from '@latchkey/contract/limits';
import {
  countMatchingItems,
  deleteMatchingItems,
  editMatchingMetadata,
  getItemHistory,
  listItems,
  moveMatchingItems,
} from '@latchkey/contract/routes/items';
import { setMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import {
  startTestSystem,
  type TestJson,
  type TestSystem,
  type TestUser,
} from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditOf, folderOf, insertItems, names, share } from './storage-fixtures.js';

let system: TestSystem;
let user: TestUser;
let folder: string;
let below: string;
let elsewhere: string;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
});
afterAll(() => system.close());
beforeEach(async () => {
  user = await system.createUser();
  folder = await folderOf(system, user, 'Folder');
  below = await folderOf(system, user, 'Below', folder);
  elsewhere = await folderOf(system, user, 'Elsewhere');
});

const count = async (query: object = {}): Promise<TestJson> =>
  (await system.call(countMatchingItems, { params: { folderUuid: folder }, query, as: user })).body;
const namesIn = async (folderUuid: string): Promise<string[]> =>
  names((await system.call(listItems, { params: { folderUuid }, as: user })).body.results);
const insert = (titles: readonly string[], into = folder) =>
  insertItems(
    system,
    user,
    into,
    titles.map((name) => ({ name })),
  );

/** Goes on with the token until all is done; answers what each request changed. */
async function run(route: typeof deleteMatchingItems | typeof moveMatchingItems, body: object) {
  return (await steps(route as typeof editMatchingMetadata, body)).map(({ itemsCount }) => itemsCount);
}

async function steps(route: typeof editMatchingMetadata, body: object): Promise<TestJson[]> {
  const answers: TestJson[] = [];
  let pageToken: string | undefined;
  do {
    const request = { params: { folderUuid: folder }, body: { ...body, pageToken }, as: user };
    const { status, body: step } = await system.call(route as typeof deleteMatchingItems, request);
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(step)}`);
    answers.push(step);
    pageToken = step.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return answers;
}

describe('all items that a filter finds', () => {
  it('are counted, exactly where nothing has to be read', async () => {
    await insert(['a cat', 'a dog']);
    await insert(['another cat'], below);
    expect(await count()).toMatchObject({ itemsCount: 2, isExact: true });
    expect(await count({ isRecursive: true })).toMatchObject({ itemsCount: 3, isExact: true });
    expect(await count({ isRecursive: true, search: 'cat' })).toMatchObject({ itemsCount: 2, isExact: true });
    expect(await count({ itemTypes: ['video'] })).toMatchObject({ itemsCount: 0, isExact: true });
    await insert(Array.from({ length: 2_001 }, (_, index) => `many ${index}`));
    expect(await count({ search: 'many' })).toMatchObject({ itemsCount: 2_000, isExact: false });
    expect(await count()).toMatchObject({ itemsCount: 2_003, isExact: true });
  });

  it('are deleted some at a time, and nothing else is', async () => {
    const [, ...cats] = await insert(['dog', ...Array.from({ length: 1_001 }, (_, index) => `cat ${index}`)]);
    await insert(['cat below'], below);
    const { countedAt } = await count({ search: 'cat' });
    expect(await run(deleteMatchingItems, { filter: { search: 'cat' }, createdBefore: countedAt })).toEqual([
      1_000, 1,
    ]);
    expect(await namesIn(folder)).toEqual(['dog']);
    expect(await namesIn(below)).toEqual(['cat below']);
    const entries = (await auditOf(system, 'item.delete')).filter(({ user_id }) => user_id === user.uuid);
    expect(entries.map(({ details: { itemUuids, ...details } }) => [details, [...itemUuids].sort()])).toEqual(
      [
        [{ itemsCount: 1_000, filter: { search: 'cat' } }, cats.slice(0, 1_000)],
        [{ itemsCount: 1, filter: { search: 'cat' } }, cats.slice(1_000)],
      ],
    );
  });

  it('are moved once, also to a folder that the filter reaches', async () => {
    const [itemUuid = ''] = await insert(['a', 'b']);
    await insert(['c'], below);
    const { countedAt } = await count({ isRecursive: true });
    const body = { filter: { isRecursive: true }, createdBefore: countedAt, newParentUuid: below };
    expect(await run(moveMatchingItems, body)).toEqual([2]);
    expect(await namesIn(below)).toEqual(['a', 'b', 'c']);
    expect(await count()).toMatchObject({ itemsCount: 0 });
    const params = { folderUuid: below, itemUuid };
    expect((await system.call(getItemHistory, { params, as: user })).body.results).toMatchObject([
      { action: 'item.move', userEmail: user.email, details: { newParentUuid: below } },
    ]);
  });

  it('do not include what was registered after they were counted', async () => {
    await insert(['seen']);
    const later = new Date(Date.now() + 60_000).toISOString();
    const columns = { created_at: new Date(Date.now() + 120_000).toISOString() };
    await insertItems(system, user, folder, [{ name: 'later', columns }]);
    expect(await run(deleteMatchingItems, { filter: {}, createdBefore: later })).toEqual([1]);
    expect(await namesIn(folder)).toEqual(['later']);
  });

  it('stay where the other folder may not be changed, or the token is of another filter', async () => {
    const other = await system.createUser();
    const foreign = await folderOf(system, other, 'Foreign');
    await share(system, foreign, user, 'viewer');
    await insert(Array.from({ length: 1_001 }, (_, index) => `${index}`));
    const move = { filter: {}, createdBefore: new Date().toISOString(), newParentUuid: foreign };
    const params = { folderUuid: folder };
    expect(await system.call(moveMatchingItems, { params, body: move, as: user })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const first = { ...move, newParentUuid: elsewhere };
    const step = await system.call(moveMatchingItems, { params, body: first, as: user });
    const { nextPageToken } = step.body;
    const changed = { ...first, filter: { search: '1' }, pageToken: nextPageToken };
    expect(await system.call(moveMatchingItems, { params, body: changed, as: user })).toMatchObject({
      body: { code: 'invalid_page_token' },
    });
    const wrong = { filter: {}, createdBefore: '2026-12-31T23:59:60Z' };
    expect(await system.call(deleteMatchingItems, { params, body: wrong, as: user })).toMatchObject({
      body: { code: 'invalid_request' },
    });
  });
});

describe('the client metadata of all items that a filter finds', () => {
  const edited = (body: object, filter: object = {}) =>
    steps(editMatchingMetadata, {
      filter,
      createdBefore: new Date(Date.now() + 60_000).toISOString(),
      ...body,
    });
  const withMetadata = (name: string, metadata: object) => ({ name, columns: { client_metadata: metadata } });
  const metadataIn = async (query: object = {}): Promise<unknown[]> =>
    (await system.call(listItems, { params: { folderUuid: folder }, query, as: user })).body.results.map(
      ({ clientMetadata }: TestJson) => JSON.parse(clientMetadata),
    );

  it('gets and loses keys, some items at a time, and their histories say so', async () => {
    const [itemUuid = ''] = await insertItems(system, user, folder, [
      withMetadata('cat 0', { night: true, camera: 'left' }),
      withMetadata('cat 1', { camera: 'left', done: 1 }),
      { name: 'dog' },
    ]);
    await insert(Array.from({ length: 1_000 }, (_, index) => `cat of many ${index}`));
    const change = { set: { done: 1 }, remove: ['night'] };
    const answers = await edited(change, { search: 'cat' });
    expect(
      answers.map(({ itemsCount, changedCount, failures }) => [itemsCount, changedCount, failures]),
    ).toEqual([
      [1_000, 999, []],
      [2, 2, []],
    ]);
    expect(new Set((await metadataIn()).map((metadata) => JSON.stringify(metadata)))).toEqual(
      new Set(['{"done":1,"camera":"left"}', '{"done":1}']),
    );
    expect(await metadataIn({ search: 'dog' })).toEqual([{}]);
    const { body } = await system.call(getItemHistory, {
      params: { folderUuid: folder, itemUuid },
      as: user,
    });
    expect(body.results).toMatchObject([
      { action: 'item.edit-metadata', details: { setKeys: ['done'], removedKeys: ['night'] } },
    ]);
    expect(await edited(change, { search: 'cat' })).toMatchObject([{ changedCount: 0 }, { changedCount: 0 }]);
  });

  it('stays where it would be too large, which is told, and all others are changed', async () => {
    const large = { text: 'x'.repeat(limits.clientMetadataBytes - 20) };
    const [full] = await insertItems(system, user, folder, [
      withMetadata('a full one', large),
      { name: 'b' },
    ]);
    const [step] = await edited({ set: { camera: 'left' } });
    expect(step).toMatchObject({ itemsCount: 2, changedCount: 1 });
    expect(step?.failures).toEqual([
      {
        itemUuid: full,
        code: 'invalid_client_metadata',
        message: expect.stringContaining('larger than the'),
      },
    ]);
    expect(await metadataIn()).toEqual([large, { camera: 'left' }]);
  });

  it('fits the metadata schema, or nothing is changed; a token is of one edit', async () => {
    await insert(Array.from({ length: 1_001 }, (_, index) => `${index}`));
    const weather = { ty: 'enum', values: ['rain'] };
    await system.call(setMetadataSchema, { body: { weather } as MetadataSchema });
    await expect(edited({ set: { weather: 'fog' } })).rejects.toThrow('invalid_client_metadata_value');
    await expect(edited({})).rejects.toThrow('Nothing is to be changed');
    const body = { filter: {}, createdBefore: new Date().toISOString(), set: { weather: 'rain' } };
    const params = { folderUuid: folder };
    const first = await system.call(editMatchingMetadata, { params, body, as: user });
    const { nextPageToken: pageToken } = first.body;
    const other = { ...body, set: { weather: null }, pageToken };
    expect((await system.call(editMatchingMetadata, { params, body: other, as: user })).body.code).toBe(
      'invalid_page_token',
    );
  });
});
