import {
  countMatchingItems,
  deleteMatchingItems,
  listItems,
  moveMatchingItems,
} from '@latchkey/contract/routes/items';
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
  const counts: number[] = [];
  let pageToken: string | undefined;
  do {
    const request = { params: { folderUuid: folder }, body: { ...body, pageToken }, as: user };
    const { status, body: step } = await system.call(route as typeof deleteMatchingItems, request);
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(step)}`);
    counts.push(step.itemsCount);
    pageToken = step.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  return counts;
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
    await insert(['dog', ...Array.from({ length: 1_001 }, (_, index) => `cat ${index}`)]);
    await insert(['cat below'], below);
    const { countedAt } = await count({ search: 'cat' });
    expect(await run(deleteMatchingItems, { filter: { search: 'cat' }, createdBefore: countedAt })).toEqual([
      1_000, 1,
    ]);
    expect(await namesIn(folder)).toEqual(['dog']);
    expect(await namesIn(below)).toEqual(['cat below']);
    const entries = (await auditOf(system, 'item.delete')).filter(({ user_id }) => user_id === user.uuid);
    expect(entries.map(({ details }) => details)).toEqual([
      { itemsCount: 1_000, filter: { search: 'cat' } },
      { itemsCount: 1, filter: { search: 'cat' } },
    ]);
  });

  it('are moved once, also to a folder that the filter reaches', async () => {
    await insert(['a', 'b']);
    await insert(['c'], below);
    const { countedAt } = await count({ isRecursive: true });
    const body = { filter: { isRecursive: true }, createdBefore: countedAt, newParentUuid: below };
    expect(await run(moveMatchingItems, body)).toEqual([2]);
    expect(await namesIn(below)).toEqual(['a', 'b', 'c']);
    expect(await count()).toMatchObject({ itemsCount: 0 });
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
