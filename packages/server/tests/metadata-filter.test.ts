import {
  countMatchingItems,
  deleteMatchingItems,
  listItems,
  searchItems,
} from '@latchkey/contract/routes/items';
import { setMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import { listComparedKeys } from '@latchkey/db/metadata-schema/reader';
import { keepMetadataEntries } from '@latchkey/server/metadata-schema/keep-entries';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf, insertItems, names, walk } from './storage-fixtures.js';

let system: TestSystem;
let folderUuid: string;
let below: string;

beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  folderUuid = await folderOf(system, system.admin, 'Folder');
  below = await folderOf(system, system.admin, 'Below', folderUuid);
  const insert = (folder: string, rows: Readonly<Record<string, object>>) =>
    insertItems(
      system,
      system.admin,
      folder,
      Object.entries(rows).map(([name, client_metadata]) => ({ name, columns: { client_metadata } })),
    );
  await insert(folderUuid, {
    a: { weather: 'rain', 'two words': 1 },
    b: { weather: 'snow', 'two words': 2 },
    c: { weather: 'rain', day: '2026-03-01' },
  });
  await insert(below, { d: { weather: 'rain', day: '2026-03-02T10:00:00Z' }, e: {} });
  await system.call(setMetadataSchema, {
    body: {
      weather: { ty: 'enum', values: ['rain', 'snow'] },
      'two words': { ty: 'variant', hint: 'number' },
      day: { ty: 'variant', hint: 'datetime' },
      place: { ty: 'geospatial' },
      old: { ty: 'tombstone', deleted_ty: { ty: 'boolean' } },
    },
  });
});
afterAll(() => system.close());

const list = async (metadata: string[], query: object = {}) => {
  const { status, body } = await system.call(listItems, {
    params: { folderUuid },
    query: { metadata, isRecursive: true, ...query },
  });
  return status === 200 ? names(body.results) : body;
};

const cases: [string[], object, string[]][] = [
  [['weather = "rain"'], {}, ['a', 'c', 'd']],
  [['weather = "rain"'], { isRecursive: false }, ['a', 'c']],
  [['weather in ["snow", "rain"]', '"two words" >= 2'], {}, ['b']],
  [['day >= "2026-03-01"', 'day < "2026-03-02T12:00:00+02:00"'], {}, ['c']],
  [['day exists'], { order: 'createdAt', desc: true }, ['d', 'c']],
  [['weather = "rain"'], { search: 'A' }, ['a']],
  [['weather = "rain"'], { itemTypes: ['video'] }, []],
];

describe('a filter by client metadata', () => {
  it.each(cases)('%j with %j finds items that are not entered yet', async (metadata, query, found) => {
    expect(await list(metadata, query)).toEqual(found);
  });

  it('finds the same once maintenance has entered them, page by page, counted and everywhere', async () => {
    await keepMetadataEntries(system.context);
    expect((await listComparedKeys(system.context.db)).map(({ is_entered }) => is_entered)).toEqual(
      Array(4).fill(true),
    );
    for (const [metadata, query, found] of cases) expect(await list(metadata, query)).toEqual(found);
    const rain = { metadata: ['weather = "rain"'], isRecursive: true };
    const page = async (pageToken?: string) => {
      const query = { ...rain, pageSize: 1, ...(pageToken && { pageToken }) };
      return (await system.call(listItems, { params: { folderUuid }, query })).body;
    };
    expect(await walk(page)).toEqual(['a', 'c', 'd']);
    const count = await system.call(countMatchingItems, { params: { folderUuid }, query: rain });
    expect(count.body).toMatchObject({ itemsCount: 3, isExact: true });
    const { body } = await system.call(searchItems, { query: { metadata: ['weather = "snow"'] } });
    expect(names(body.results)).toEqual(['b']);
  });

  it.each([
    ['weather', 'is no condition. Write KEY = VALUE'],
    [
      'colour = "red"',
      'has no key \\"colour\\". It has \\"weather\\", \\"two words\\", \\"day\\", \\"place\\"',
    ],
    ['old = true', 'has no key'],
    ['weather > "rain"', 'is not compared by \\">\\". Use =, in, exists'],
    ['place = 1', 'Use exists'],
    ['"two words" = "1"', 'is compared with a number, not with \\"1\\"'],
    ['day > "yesterday"', 'is compared with a date or a moment'],
  ])('%s is refused, with what to do', async (condition, message) => {
    const refused = await list([condition]);
    expect(refused).toMatchObject({ code: 'invalid_request', details: { field: 'metadata' } });
    expect(JSON.stringify(refused.message)).toContain(message);
  });

  it('narrows what is deleted', async () => {
    const filter = { metadata: ['weather = "snow"'] };
    const { body } = await system.call(countMatchingItems, { params: { folderUuid }, query: filter });
    const step = await system.call(deleteMatchingItems, {
      params: { folderUuid },
      body: { filter, createdBefore: body.countedAt },
    });
    expect(step.body).toEqual({ itemsCount: 1, nextPageToken: null });
    expect(await list([])).toEqual(['a', 'c', 'd', 'e']);
  });
});
