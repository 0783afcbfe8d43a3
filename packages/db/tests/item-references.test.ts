import type { Database, Executor } from '@latchkey/db/engine/executor';
import { moveItems } from '@latchkey/db/items/writer';
import { migrate } from '@latchkey/db/migrate/migrate';
import { copyNewItems } from '@latchkey/db/upload-jobs/register-items';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import {
  addFolder,
  addIntegration,
  addItems,
  addOwner,
  addUser,
  column,
  itemRow,
  nextId,
  type Owner,
} from './fixtures.js';

const violation = (constraint: string) => ({ code: 'statement_failed', sqlState: '23503', constraint });

describe.each(engines)('references of items on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    owner = await addOwner(db);
  });

  const itemsOf = (folderId: string) =>
    column<string>(db, 'SELECT id FROM items WHERE folder_id = $1 ORDER BY id', [folderId]);
  const remove = (table: string, id: string, executor: Executor = db) =>
    executor.query({ name: 'test.delete', text: `DELETE FROM ${table} WHERE id = $1`, values: [id] });

  it('refuse a COPY with one row in a missing folder, and keep none of its rows', async () => {
    const rows = Array.from({ length: 500 }, () => itemRow(owner, {}));
    const text = Buffer.concat([...rows, itemRow(owner, { folder_id: nextId() })]);
    await expect(copyNewItems(db, text)).rejects.toMatchObject(violation('items_folder'));
    expect(await itemsOf(owner.folderId)).toEqual([]);
  });

  it('refuse a COPY with one row of a missing integration', async () => {
    const text = Buffer.concat([itemRow(owner, {}), itemRow(owner, { integration_id: nextId() })]);
    await expect(copyNewItems(db, text)).rejects.toMatchObject(violation('items_integration'));
    expect(await itemsOf(owner.folderId)).toEqual([]);
  });

  it('refuse an INSERT into a missing folder and of a missing integration', async () => {
    const insert = (folderId: string, integrationId: string) =>
      db.query({
        name: 'test.insert',
        text: `INSERT INTO items (id, folder_id, integration_id, created_by, type, name, url_head, identity_hash)
          VALUES ($1, $2, $3, $4, 'image', 'a', 'https://bucket.example/a', decode(repeat('00', 16), 'hex'))`,
        values: [nextId(), folderId, integrationId, owner.userId],
      });
    await expect(insert(nextId(), owner.integrationId)).rejects.toMatchObject(violation('items_folder'));
    await expect(insert(owner.folderId, nextId())).rejects.toMatchObject(violation('items_integration'));
    await insert(owner.folderId, owner.integrationId);
    expect(await itemsOf(owner.folderId)).toHaveLength(1);
  });

  it('refuse a move into a missing folder and a change to a missing integration', async () => {
    const ids = await addItems(db, owner, [{}, {}]);
    const moving = moveItems(db, owner.folderId, nextId(), ids);
    await expect(moving).rejects.toMatchObject(violation('items_folder'));
    const text = 'UPDATE items SET integration_id = $1 WHERE folder_id = $2';
    const changing = db.query({ name: 'test.update', text, values: [nextId(), owner.folderId] });
    await expect(changing).rejects.toMatchObject(violation('items_integration'));
    expect(await itemsOf(owner.folderId)).toEqual(ids);
  });

  it('accept rows of many folders and integrations at once, and rows without an integration', async () => {
    const folders = [owner.folderId, await addFolder(db, owner.userId), await addFolder(db, owner.userId)];
    const integrations = [owner.integrationId, await addIntegration(db, owner.userId), null];
    const values = folders.flatMap((folder_id) =>
      integrations.map((integration_id) => ({ folder_id, integration_id })),
    );
    await addItems(db, owner, values);
    const text = 'SELECT count(*) FROM items WHERE folder_id = ANY ($1::uuid[])';
    expect(await column(db, text, [folders])).toEqual([9]);
  });

  it('accept statements that touch no row', async () => {
    await copyNewItems(db, new Uint8Array());
    await db.query({ name: 'test.insert', text: 'INSERT INTO items SELECT * FROM items WHERE false' });
    expect(await moveItems(db, nextId(), nextId(), [nextId()])).toEqual([]);
  });

  it('keep a folder that has items, and let it go when they are gone', async () => {
    const [id = ''] = await addItems(db, owner, [{}]);
    const { folderId } = owner;
    await expect(remove('folders', folderId)).rejects.toMatchObject(violation('items_folder'));
    expect(await column(db, 'SELECT id FROM folders WHERE id = $1', [folderId])).toEqual([folderId]);
    expect(await itemsOf(folderId)).toEqual([id]);
    await db.transaction(async (tx) => {
      await tx.query({
        name: 'test.items',
        text: 'DELETE FROM items WHERE folder_id = $1',
        values: [folderId],
      });
      await remove('folders', folderId, tx);
    });
    expect(await column(db, 'SELECT id FROM folders WHERE id = $1', [folderId])).toEqual([]);
  });

  it('lose their integration when it is deleted, and only that', async () => {
    const other = await addIntegration(db, owner.userId);
    const ids = await addItems(db, owner, [{}, { integration_id: other }, { integration_id: null }]);
    await remove('integrations', owner.integrationId);
    const text = 'SELECT id, integration_id FROM items WHERE folder_id = $1 ORDER BY id';
    expect(await db.query({ name: 'test.read', text, values: [owner.folderId] })).toEqual([
      { id: ids[0], integration_id: null },
      { id: ids[1], integration_id: other },
      { id: ids[2], integration_id: null },
    ]);
    const counts = 'SELECT items_count FROM integration_item_counts WHERE integration_id = $1';
    expect(await column(db, counts, [owner.integrationId])).toEqual([0]);
    expect(await column(db, counts, [other])).toEqual([1]);
  });

  it('keep a user who has registered some, and no other', async () => {
    const [registrar, bystander] = [await addUser(db), await addUser(db)];
    await addItems(db, owner, [{ created_by: registrar }]);
    await expect(remove('users', registrar)).rejects.toMatchObject(violation('items_created_by'));
    await remove('users', bystander);
    const text = 'SELECT id FROM users WHERE id = ANY ($1::uuid[])';
    expect(await column(db, text, [[registrar, bystander]])).toEqual([registrar]);
  });
});
