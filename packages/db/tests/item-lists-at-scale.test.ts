import type { Database, Executor, Statement } from '@latchkey/db/engine/executor';
import { getFolderSummary } from '@latchkey/db/folders/reader';
import { listItemsByExpiry } from '@latchkey/db/items/by-expiry';
import { type ItemFilter, listItems } from '@latchkey/db/items/list';
import { migrate } from '@latchkey/db/migrate/migrate';
import type { Keyset } from '@latchkey/db/paging/keyset';
import { copyNewItems } from '@latchkey/db/upload-jobs/register-items';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addFolder, addOwner, itemRow, nextId, type Owner } from './fixtures.js';
import { explained } from './plans.js';

const itemCount = 60_000;
/** A minute later from every thousandth item on. */
const expiryOf = (number: number): Date => new Date(Date.UTC(2026, 2, 1, 12, Math.floor(number / 1000)));
const byName: Keyset = { orderBy: 'name', desc: false, after: null, limit: 100 };
const wholeTable = /Seq Scan on items|Sort .*rows=[1-9]\d{4}/;

/** The number of blocks is asked for before their items are: it stays a number, and only what follows is explained. */
const answering = async <Row>(executor: Executor, statement: Statement): Promise<Row[]> =>
  statement.name === 'items.countExpiryBlocks' ? ([{ blocks: 5 }] as Row[]) : executor.query<Row>(statement);

describe.each(engines)('lists of many items on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;
  const names = new Map<string, string>();

  const filterOf = (search: string | null, scope?: ItemFilter['scope']): ItemFilter => ({
    scope: scope ?? { kind: 'folder', folderId: owner.folderId },
    search,
    types: null,
    expiry: null,
    withSecrets: false,
  });
  const namesOf = async (filter: ItemFilter, keyset: Keyset): Promise<string[]> =>
    (await listItems(db, filter, keyset)).map(({ name }) => name);
  const holding = (text: string): string[] =>
    [...names.values()].filter((name) => name.includes(text)).sort();

  beforeAll(async () => {
    db = database.current.db;
    await migrate(db);
    owner = await addOwner(db);
    const other = await addFolder(db, owner.userId);
    for (let from = 0; from < itemCount; from += 5000) {
      const rows = Array.from({ length: 5000 }, (_, index) => {
        const number = from + index;
        const id = nextId();
        // One in twenty lies in another folder; one in five is a video.
        const folderId = number % 20 === 0 ? other : owner.folderId;
        const name = `frame_${String(number).padStart(6, '0')}_cam${number % 8}.jpg`;
        if (folderId === owner.folderId) names.set(id, name);
        return itemRow(owner, {
          id,
          folder_id: folderId,
          name,
          type: number % 5 === 0 ? 'video' : 'image',
          expires_at: expiryOf(number).toISOString(),
        });
      });
      await copyNewItems(db, Buffer.concat(rows));
    }
    await db.query({ name: 'test.analyze', text: 'ANALYZE' });
  });

  it('find what many, few, one and no items are named like, in the order of the list', async () => {
    for (const search of ['cam3', '_0123', '012345', '04321', 'no item', 'zz', '7_cam7'])
      for (const desc of [false, true]) {
        const all = desc ? holding(search).reverse() : holding(search);
        expect(await namesOf(filterOf(search), { ...byName, desc })).toEqual(all.slice(0, 100));
      }
  });

  it.each([
    ['many', 30, 60],
    ['few', 59, 60],
    ['no', 60, 61],
  ])('find %s items by when they expire, page by page', async (_case, fromMinute, toMinute) => {
    const range = { after: expiryOf(fromMinute * 1000), before: expiryOf(toMinute * 1000) };
    const filter = { ...filterOf('cam3'), expiry: range };
    const all = holding('cam3').filter((name) => {
      const minute = Math.floor(Number(name.slice(6, 12)) / 1000);
      return minute >= fromMinute && minute < toMinute;
    });
    const [first, second] = [all.slice(0, 100), all.slice(100, 200)];
    expect(await namesOf(filter, byName)).toEqual(first);
    const ids = new Map([...names].map(([id, name]) => [name, id]));
    const last = first.at(-1) ?? '';
    const after = { name: last, id: ids.get(last) ?? nextId() };
    expect(await namesOf(filter, { ...byName, after })).toEqual(second);
    expect(await namesOf({ ...filter, search: null }, byName)).toHaveLength(all.length > 0 ? 100 : 0);
  });

  it('find those of a minute in their blocks alone, by the index of ids', async () => {
    const range = { after: expiryOf(59_000), before: expiryOf(60_000) };
    const plan = await explained(db, (executor) =>
      listItems(
        { ...executor, query: (statement) => answering(executor, statement) },
        { ...filterOf(null), expiry: range },
        byName,
      ),
    );
    expect(plan).toContain('items_by_id');
    expect(plan).not.toMatch(wholeTable);
    const [blocks] = await db.query<{ blocks: number; items: number }>({
      name: 'test.blocks',
      text: `SELECT count(*) AS blocks, sum(items_count)::bigint AS items FROM folder_expiry_blocks`,
    });
    expect(blocks?.items).toBe(itemCount);
    expect(blocks?.blocks).toBeLessThan(itemCount / 64);
  });

  it.each([
    ['first', null],
    ['deep', { minute: expiryOf(30_000).toISOString(), id: '00000000-0000-7000-8000-000000000000' }],
  ])('read a %s page by expiry from the blocks that it is in', async (_case, after) => {
    for (const desc of [false, true])
      for (const scope of [undefined, { kind: 'everywhere' as const }]) {
        const keyset = { desc, isFromEnd: false, after, limit: 100 };
        const plan = await explained(db, (executor) =>
          listItemsByExpiry(executor, filterOf(null, scope), keyset),
        );
        expect(plan).toContain('items_by_id');
        expect(plan).not.toMatch(wholeTable);
        expect(plan).not.toMatch(/folder_expiry_blocks .*rows=\d{4}/);
      }
  });

  it('find on from where a page ended, also where the rest is rare', async () => {
    const all = holding('1234');
    expect(all.length).toBeGreaterThan(10);
    let after: Keyset['after'] = null;
    const found: string[] = [];
    do {
      const page = await listItems(db, filterOf('1234'), { ...byName, after, limit: 7 });
      found.push(...page.map(({ name }) => name));
      const last = page.at(-1);
      after = last && page.length === 7 ? { name: last.name, id: last.id } : null;
    } while (after);
    expect(found).toEqual(all);
  });

  it.each([
    ['by name', byName],
    ['by name, downwards', { ...byName, desc: true }],
    ['by creation', { ...byName, orderBy: 'id' as const }],
    ['by creation, downwards', { ...byName, orderBy: 'id' as const, desc: true }],
  ])('read a page %s from its index, not all items', async (_, keyset) => {
    const after = {
      name: keyset.orderBy === 'name' ? 'frame_030000' : '',
      id: '019b0000-0000-7000-8000-000000007530',
    };
    for (const scope of [
      undefined,
      { kind: 'below' as const, folderId: owner.folderId },
      { kind: 'everywhere' as const },
    ])
      for (const position of [null, after]) {
        const page = { ...keyset, after: position };
        const plan = await explained(db, (executor) => listItems(executor, filterOf(null, scope), page));
        expect(plan).toMatch(keyset.orderBy === 'name' ? /using items_by_name/ : /using items_pkey/);
        expect(plan).not.toMatch(wholeTable);
        // A scan whose far end is bound by several columns runs on through all items of the types behind it.
        expect(plan).toMatch(/Index Cond: .*\(type [<>]= \w+\.type\)\)$/m);
      }
  });

  it('read the summary of a folder without its items', async () => {
    const plan = await explained(db, (executor) =>
      getFolderSummary(executor, owner.folderId).catch(() => null),
    );
    expect(plan).toMatch(/folder_item_counts/);
    expect(plan).not.toMatch(/ on items\b/);
    const { items } = await getFolderSummary(db, owner.folderId);
    expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(names.size);
  });
});
