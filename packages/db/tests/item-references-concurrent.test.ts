import type { Executor } from '@latchkey/db/engine/executor';
import { moveItems } from '@latchkey/db/items/writer';
import { migrate } from '@latchkey/db/migrate/migrate';
import { copyNewItems } from '@latchkey/db/upload-jobs/register-items';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, postgresEngines, useTestDatabase } from './engines.js';
import { addFolder, addItems, addOwner, column, itemRow, type Owner } from './fixtures.js';

function remove(db: Executor, table: string, id: string): Promise<unknown[]> {
  return db.query({ name: 'test.delete', text: `DELETE FROM ${table} WHERE id = $1`, values: [id] });
}

function registerInto(db: Executor, owner: Owner, folderId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => itemRow(owner, { folder_id: folderId }));
  return copyNewItems(db, Buffer.concat(rows));
}

function itemsWithoutFolder(db: Executor): Promise<string[]> {
  const text = 'SELECT i.id FROM items i LEFT JOIN folders f ON f.id = i.folder_id WHERE f.id IS NULL';
  return column<string>(db, text);
}

describe.each(engines)('references of items under rivals on $engine', (options) => {
  const database = useTestDatabase(options);
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    owner = await addOwner(database.current.db);
  });

  it('exactly one of a COPY into a folder and its deletion succeeds when they start together', async () => {
    const { db } = database.current;
    for (let round = 0; round < 40; round++) {
      const folderId = await addFolder(db, owner.userId);
      const work = [
        () => registerInto(db, owner, folderId, 50).then(() => 'copied'),
        () => remove(db, 'folders', folderId).then(() => 'deleted'),
      ];
      if (round % 2 === 0) work.reverse();
      const outcomes = await Promise.allSettled(work.map((each) => each()));
      const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(won).toHaveLength(1);
      const lost = outcomes.find((outcome) => outcome.status === 'rejected');
      expect(lost).toMatchObject({ reason: { sqlState: '23503', constraint: 'items_folder' } });
    }
    expect(await itemsWithoutFolder(db)).toEqual([]);
  });

  it('COPYs into one folder at the same time all arrive and are counted', async () => {
    const { db } = database.current;
    await Promise.all(
      Array.from({ length: 8 }, () => db.transaction((tx) => registerInto(tx, owner, owner.folderId, 100))),
    );
    const text = 'SELECT items_count FROM folder_item_counts WHERE folder_id = $1';
    expect(await column(db, text, [owner.folderId])).toEqual([800]);
  });
});

describe.each(postgresEngines)('references of items between connections of PostgreSQL', (options) => {
  const database = useTestDatabase(options);
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    owner = await addOwner(database.current.db);
  });

  const register = (db: Executor, count: number) => registerInto(db, owner, owner.folderId, count);
  async function untilOneWaits(): Promise<void> {
    const text = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(() => column(database.current.db, text)).toEqual([1]);
  }

  /** Runs `second` on a connection of its own while the transaction of `first` is open; answers its outcome. */
  async function whileOpen(
    first: (tx: Executor) => Promise<unknown>,
    second: (db: Executor) => Promise<unknown>,
  ): Promise<unknown> {
    const { db } = database.current;
    let outcome: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await first(tx);
      outcome = second(db).then(
        () => 'done',
        (error: unknown) => error,
      );
      await untilOneWaits();
    });
    return outcome;
  }

  it('a deletion waits for a COPY into the folder and is then refused', async () => {
    const outcome = await whileOpen(
      (tx) => register(tx, 10),
      (db) => remove(db, 'folders', owner.folderId),
    );
    expect(outcome).toMatchObject({ sqlState: '23503', constraint: 'items_folder' });
    expect(await itemsWithoutFolder(database.current.db)).toEqual([]);
  });

  it('a COPY waits for the deletion of its folder and is then refused', async () => {
    const outcome = await whileOpen(
      (tx) => remove(tx, 'folders', owner.folderId),
      (db) => register(db, 10),
    );
    expect(outcome).toMatchObject({ sqlState: '23503', constraint: 'items_folder' });
    expect(await itemsWithoutFolder(database.current.db)).toEqual([]);
  });

  it('a move waits for the deletion of its target and is then refused', async () => {
    const target = await addFolder(database.current.db, owner.userId);
    const ids = await addItems(database.current.db, owner, [{}]);
    const outcome = await whileOpen(
      (tx) => remove(tx, 'folders', target),
      (db) => moveItems(db, owner.folderId, target, ids),
    );
    expect(outcome).toMatchObject({ sqlState: '23503', constraint: 'items_folder' });
  });

  it('the deletion of an integration waits for a COPY and releases its items', async () => {
    const outcome = await whileOpen(
      (tx) => register(tx, 10),
      (db) => remove(db, 'integrations', owner.integrationId),
    );
    expect(outcome).toBe('done');
    const text = 'SELECT DISTINCT integration_id FROM items WHERE folder_id = $1';
    expect(await column(database.current.db, text, [owner.folderId])).toEqual([null]);
  });

  it('a COPY waits for the deletion of its integration and is then refused', async () => {
    const outcome = await whileOpen(
      (tx) => remove(tx, 'integrations', owner.integrationId),
      (db) => register(db, 10),
    );
    expect(outcome).toMatchObject({ sqlState: '23503', constraint: 'items_integration' });
  });
});
