import type { Database } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addFolder, addItems, addOwner, column, type Owner } from './fixtures.js';

/** Ids of one job: they differ in their last digits alone. */
const idAt = (owner: Owner, position: number): string =>
  `${owner.folderId.slice(-8)}-0000-7000-8000-0000${position.toString(16).padStart(8, '0')}`;

describe.each(engines)('names of items on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    owner = await addOwner(db);
  });

  const add = (names: readonly string[], first = 0): Promise<string[]> =>
    addItems(
      db,
      owner,
      names.map((name, index) => ({ id: idAt(owner, first + index), name })),
    );
  const run = (text: string, ...values: unknown[]): Promise<unknown> =>
    db.query({ name: 'test.change', text, values });
  /** The names that are found, each once. */
  const found = async (search: string): Promise<string[]> => {
    const text = `SELECT DISTINCT name COLLATE "C" FROM items_named_like($1, 1000) WHERE folder_id = $2 ORDER BY 1`;
    return column<string>(db, text, [`%${search}%`, owner.folderId]);
  };
  const blocks = (folderId = owner.folderId): Promise<string[]> =>
    column<string>(db, 'SELECT names FROM item_name_blocks WHERE folder_id = $1 ORDER BY block', [folderId]);

  it('are kept by sixteen, and found one by one', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `frame_${number}.jpg`);
    await add(names);
    expect(await blocks()).toEqual([0, 16, 32].map((from) => names.slice(from, from + 16).join('\n')));
    expect(await found('frame_17')).toEqual(['frame_17.jpg']);
    expect(await found('e\\_3')).toEqual(names.filter((name) => name.includes('e_3')).sort());
    expect(await found('none')).toEqual([]);
  });

  it('join the block that an earlier statement began', async () => {
    await add(['first', 'second']);
    await add(['third'], 2);
    expect(await blocks()).toEqual(['first\nsecond\nthird']);
    expect(await found('third')).toEqual(['third']);
  });

  it('are found in any case, and not across two names', async () => {
    await add(['ÄPFEL', 'birnen']);
    expect(await found('äpfel')).toEqual(['ÄPFEL']);
    expect(await found('el\nbir')).toEqual([]);
  });

  it('are found when they are new, and no more when they are old', async () => {
    const [id] = await add(['before', 'other']);
    await run('UPDATE items SET name = $1 WHERE id = $2', 'after', id);
    expect(await found('after')).toEqual(['after']);
    expect(await found('before')).toEqual([]);
    await run('UPDATE items SET width = 5 WHERE id = $1', id);
    expect(await blocks()).toEqual(['before\nother\nafter']);
  });

  it('are written anew when renaming has made their block long', async () => {
    const [id] = await add(['0', 'other']);
    for (let round = 0; round < 45; round++)
      await run('UPDATE items SET name = $1 WHERE id = $2', `${round}${'x'.repeat(290)}`, id);
    const [names = ''] = await blocks();
    expect(names.length).toBeLessThan(10_000);
    expect(names).toContain('other');
    expect(await found('44xx')).toHaveLength(1);
    expect(await found('43xx')).toEqual([]);
  });

  it('go with an item into another folder', async () => {
    const ids = await add(['here', 'there']);
    const other = await addFolder(db, owner.userId);
    await run('UPDATE items SET folder_id = $1 WHERE id = $2', other, ids[1]);
    expect(await found('there')).toEqual([]);
    expect(await blocks(other)).toEqual(['there']);
    const text = `SELECT name FROM items_named_like('%there%', 10) WHERE folder_id = $1`;
    expect(await column(db, text, [other])).toEqual(['there']);
  });

  it('leave no block behind when the last item of it is deleted', async () => {
    const ids = await add(['one', 'two']);
    await run('DELETE FROM items WHERE id = $1', ids[0]);
    expect(await blocks()).toEqual(['one\ntwo']);
    expect(await found('one')).toEqual([]);
    await run('DELETE FROM items WHERE id = $1', ids[1]);
    expect(await blocks()).toEqual([]);
  });

  it('are looked up by their trigrams, without reading all items or blocks', async () => {
    await add(Array.from({ length: 64 }, (_, number) => `name ${number}`));
    const text = `EXPLAIN SELECT names FROM item_name_blocks WHERE names COLLATE "default" ILIKE '%name 12%'`;
    const plan = await db.transaction(async (tx) => {
      await tx.query({ name: 'test.noscan', text: 'SET LOCAL enable_seqscan = off' });
      return tx.query<{ 'QUERY PLAN': string }>({ name: 'test.plan', text });
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('item_name_blocks_by_trigram');
  });

  it('reach the most that are asked for', async () => {
    await add(Array.from({ length: 50 }, (_, number) => `same ${number}`));
    expect(await column(db, `SELECT id FROM items_named_like('%same%', 20)`)).toHaveLength(20);
  });
});
