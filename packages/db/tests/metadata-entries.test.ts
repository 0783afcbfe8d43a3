import type { Database } from '@latchkey/db/engine/executor';
import { type ItemFilter, listItems } from '@latchkey/db/items/list';
import type { MetadataComparison, MetadataPredicate } from '@latchkey/db/items/metadata-conditions';
import { deleteItems, editItemsMetadata, moveItems } from '@latchkey/db/items/writer';
import {
  enterItems,
  lockUnenteredKeys,
  noteEnterAfter,
  noteEntered,
  removeDroppedEntries,
} from '@latchkey/db/metadata-schema/entries';
import { listComparedKeys } from '@latchkey/db/metadata-schema/reader';
import { beginSchemaChange, replaceMetadataKeys } from '@latchkey/db/metadata-schema/writer';
import { migrate } from '@latchkey/db/migrate/migrate';
import type { Keyset } from '@latchkey/db/paging/keyset';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addFolder, addItems, addOwner, column, nextId, type Owner } from './fixtures.js';

const byName: Keyset = { orderBy: 'name', desc: false, after: null, limit: 300 };
const comparisons: Readonly<Record<string, MetadataComparison>> = {
  weather: 'text',
  score: 'number',
  captured: 'moment',
  night: 'boolean',
  run: 'uuid',
  place: 'presence',
};
const weathers = ['rain', 'snow', 'sun'];
const itemCount = 1_500;
const uuidOf = (number: number) => `019A0000-0000-7000-8000-${String(number % 50).padStart(12, '0')}`;
/** One in five has no value, or one of another type. */
const metadataOf = (number: number): Record<string, unknown> =>
  number % 5 === 4
    ? { weather: 1, score: 'high', captured: '2026-02-30', night: 'yes', run: null, free: true }
    : {
        weather: weathers[number % 3],
        score: number / 10,
        captured:
          number % 2 ? `2026-03-${String(1 + (number % 28)).padStart(2, '0')}T12:00:00+02:00` : '2026-03-05',
        night: number % 7 === 0,
        run: uuidOf(number),
        place: [1, 2],
        rare: number === 700,
      };

describe.each(engines)('lists by client metadata on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;
  let other: string;
  const items = new Map<string, { name: string; folder: string; metadata: Record<string, unknown> }>();

  const setKeys = (keys: Readonly<Record<string, MetadataComparison>>) =>
    db.transaction(async (tx) => {
      await beginSchemaChange(tx, nextId());
      await replaceMetadataKeys(
        tx,
        Object.entries(keys).map(([key, comparedAs]) => ({ key, type: '{}', comparedAs })),
      );
    });
  const predicate = async (key: string, asks: MetadataPredicate['asks']): Promise<MetadataPredicate> => {
    const row = (await listComparedKeys(db)).find((each) => each.key === key);
    if (!row) throw new Error(`no key ${key}`);
    return { key, comparedAs: row.compared_as, indexId: row.index_id, isEntered: row.is_entered, asks };
  };
  const filterOf = (metadata: readonly MetadataPredicate[], folderId = owner.folderId): ItemFilter => ({
    scope: { kind: 'folder', folderId },
    search: null,
    types: null,
    expiry: null,
    metadata,
    withSecrets: false,
  });
  /** All pages. */
  const namesOf = async (filter: ItemFilter, keyset: Keyset = byName): Promise<string[]> => {
    const names: string[] = [];
    for (let after: Keyset['after'] = null; ; ) {
      const page = await listItems(db, filter, { ...keyset, after });
      names.push(...page.map(({ name }) => name));
      const last = page.at(-1);
      if (!last || page.length < keyset.limit) return names;
      after = { name: keyset.orderBy === 'name' ? last.name : '', id: last.id };
    }
  };
  const expected = (matches: (metadata: Record<string, unknown>) => boolean, folder = owner.folderId) =>
    [...items.values()]
      .filter((item) => item.folder === folder && matches(item.metadata))
      .map(({ name }) => name)
      .sort();
  async function enterAll() {
    for (;;) {
      const isDone = await db.transaction(async (tx) => {
        const keys = await lockUnenteredKeys(tx);
        if (keys === null) return true;
        if (keys.may_begin === null) await noteEnterAfter(tx, keys.index_ids);
        else if (keys.may_begin)
          await noteEntered(tx, keys.index_ids, await enterItems(tx, keys.index_ids, keys.entered_to, 700));
        return false;
      });
      if (isDone) return;
    }
  }

  beforeAll(async () => {
    db = database.current.db;
    await migrate(db);
    owner = await addOwner(db);
    other = await addFolder(db, owner.userId);
    await setKeys({ score: 'number', weather: 'text' });
    const rows = Array.from({ length: itemCount }, (_, number) => ({
      id: nextId(),
      // Names do not come in the order of the ids.
      name: `${String((number * 7919) % itemCount).padStart(5, '0')}`,
      folder_id: number % 10 === 0 ? other : owner.folderId,
      client_metadata: JSON.stringify(metadataOf(number)),
    }));
    for (const { id, name, folder_id, client_metadata } of rows)
      items.set(id, { name, folder: folder_id, metadata: JSON.parse(client_metadata) });
    await addItems(db, owner, rows);
    // The other keys come later than the items.
    await setKeys(comparisons);
  });

  const moment = (metadata: Record<string, unknown>) =>
    metadata['captured'] === '2026-02-30' ? Number.NaN : Date.parse(String(metadata['captured']));
  const cases: [string, string, MetadataPredicate['asks'], (metadata: Record<string, unknown>) => boolean][] =
    [
      ['a text', 'weather', { kind: 'equals', values: ['rain'] }, ({ weather }) => weather === 'rain'],
      [
        'one of several texts',
        'weather',
        { kind: 'equals', values: ['rain', 'sun', 'fog'] },
        ({ weather }) => weather === 'rain' || weather === 'sun',
      ],
      ['a number', 'score', { kind: 'equals', values: ['12.30'] }, ({ score }) => score === 12.3],
      [
        'a range of numbers',
        'score',
        { kind: 'range', operator: '>', value: '147.3' },
        ({ score }) => typeof score === 'number' && score > 147.3,
      ],
      [
        'what most have',
        'score',
        { kind: 'range', operator: '<=', value: '140' },
        ({ score }) => typeof score === 'number' && score <= 140,
      ],
      [
        'a range of moments',
        'captured',
        { kind: 'range', operator: '>=', value: '2026-03-27T10:00:00Z' },
        (metadata) => moment(metadata) >= Date.parse('2026-03-27T10:00:00Z'),
      ],
      [
        'a moment of another offset',
        'captured',
        { kind: 'equals', values: ['2026-03-05T02:00:00+02:00'] },
        (metadata) => moment(metadata) === Date.parse('2026-03-05'),
      ],
      ['true', 'night', { kind: 'equals', values: ['true'] }, ({ night }) => night === true],
      [
        'a UUID, whatever its case',
        'run',
        { kind: 'equals', values: [uuidOf(7).toLowerCase()] },
        ({ run }) => run === uuidOf(7),
      ],
      ['a value at all', 'place', { kind: 'exists' }, ({ place }) => place !== undefined],
      ['no item', 'weather', { kind: 'equals', values: ['fog'] }, () => false],
    ];

  it.each(cases)('find %s before the items are entered', async (_name, key, asks, matches) => {
    expect(await namesOf(filterOf([await predicate(key, asks)]))).toEqual(expected(matches));
  });

  it('find them once all are entered, by name and by creation, in each folder and below', async () => {
    await enterAll();
    expect((await listComparedKeys(db)).every(({ is_entered }) => is_entered)).toBe(true);
    for (const [, key, asks, matches] of cases) {
      const filter = filterOf([await predicate(key, asks)]);
      expect(await namesOf(filter)).toEqual(expected(matches));
      const byId: Keyset = { ...byName, orderBy: 'id', desc: true, limit: 1_000 };
      expect((await namesOf(filter, byId)).sort()).toEqual(expected(matches));
      const everywhere = { ...filter, scope: { kind: 'everywhere' as const } };
      expect((await namesOf(everywhere)).sort()).toEqual(
        [...expected(matches), ...expected(matches, other)].sort(),
      );
    }
  });

  it('find what meets all predicates, with a search and a type', async () => {
    const metadata = [
      await predicate('weather', { kind: 'equals', values: ['snow'] }),
      await predicate('score', { kind: 'range', operator: '>=', value: '50' }),
      await predicate('score', { kind: 'range', operator: '<', value: '100' }),
    ];
    const filter = { ...filterOf(metadata), search: '77', types: ['image'] };
    const all = expected(
      ({ weather, score }) => weather === 'snow' && Number(score) >= 50 && Number(score) < 100,
    );
    expect(await namesOf(filter)).toEqual(all.filter((name) => name.includes('77')));
    expect(await namesOf({ ...filter, types: ['video'] })).toEqual([]);
  });

  it('follow edits, moves and deletions, and leave no entry of items that are gone', async () => {
    const withWeather = (weather: string | undefined) =>
      [...items].find(
        ([, { metadata, folder }]) => metadata['weather'] === weather && folder === owner.folderId,
      );
    const [edited, moved, deleted] = weathers.map(withWeather);
    if (!edited || !moved || !deleted) throw new Error('no such items');
    const edit = { set: '{"weather": "fog", "score": 9999.5}', remove: ['night'], maxBytes: 1e6 };
    await editItemsMetadata(db, [{ id: edited[0], folderId: owner.folderId }], edit);
    const fog = await predicate('weather', { kind: 'equals', values: ['fog'] });
    expect(await namesOf(filterOf([fog]))).toEqual([edited[1].name]);
    const high = await predicate('score', { kind: 'range', operator: '>', value: '9999' });
    expect(await namesOf(filterOf([high]))).toEqual([edited[1].name]);
    await moveItems(db, owner.folderId, other, [moved[0], edited[0]]);
    expect(await namesOf(filterOf([fog]))).toEqual([]);
    expect(await namesOf(filterOf([fog], other))).toEqual([edited[1].name]);
    await deleteItems(db, owner.folderId, [deleted[0]]);
    items.delete(deleted[0]);
    const entered = await column<string>(
      db,
      `SELECT DISTINCT encode(e.block || substring(e.ids FROM n FOR 1), 'hex')::uuid::text
        FROM item_metadata_entries e CROSS JOIN generate_series(1, 256) n WHERE n <= length(e.ids)`,
    );
    expect(entered.filter((id) => !items.has(id))).toEqual([]);
    const ids = [...items.keys()];
    for (const folder of [owner.folderId, other]) await deleteItems(db, folder, ids);
    expect(await column(db, 'SELECT count(*) FROM item_metadata_entries')).toEqual([0]);
  });

  it('keep the entries of keys that are compared as before, and drop the others', async () => {
    const before = new Map((await listComparedKeys(db)).map(({ key, index_id }) => [key, index_id]));
    await addItems(db, owner, [{ client_metadata: '{"weather": "rain", "score": 1}' }]);
    await setKeys({ weather: 'text', score: 'text' });
    const after = new Map((await listComparedKeys(db)).map(({ key, index_id }) => [key, index_id]));
    expect(after.get('weather')).toBe(before.get('weather'));
    expect(after.get('score')).not.toBe(before.get('score'));
    while (await db.transaction((tx) => removeDroppedEntries(tx, 1)));
    expect(await column(db, 'SELECT index_id FROM item_metadata_entries')).toEqual([before.get('weather')]);
  });
});
