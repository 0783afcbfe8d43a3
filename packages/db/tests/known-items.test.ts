import type { Database, Executor } from '@latchkey/db/engine/executor';
import { migrate } from '@latchkey/db/migrate/migrate';
import {
  findKnownItems,
  renewKnownItems,
  stageKnownItems,
  upsertKnownMetadata,
} from '@latchkey/db/upload-jobs/register-items';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import {
  addFolder,
  addItems,
  addOwner,
  column,
  type ItemValues,
  identity,
  itemRow,
  nextId,
  type Owner,
} from './fixtures.js';
import { explained } from './plans.js';

const hashes = (...names: string[]): Uint8Array => Buffer.concat(names.map(identity));
const named = (name: string): ItemValues => ({
  name,
  identity_hash: identity(name),
});

interface Staged {
  readonly values: ItemValues;
  readonly renews?: boolean;
  readonly upserts?: boolean;
}

describe.each(engines)('known items on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;

  beforeAll(() => migrate(database.current.db));

  beforeEach(async () => {
    db = database.current.db;
    owner = await addOwner(db);
  });

  function stage(tx: Executor, staged: readonly Staged[]): Promise<void> {
    const rows = staged.map(({ values, renews = false, upserts = false }) =>
      itemRow(owner, values, { renews, upserts }),
    );
    return stageKnownItems(tx, Buffer.concat(rows));
  }

  /** The statistics are of many small folders: that of the owner does not have its items yet. */
  async function analyseWithoutFolder(): Promise<void> {
    const others = await Promise.all(Array.from({ length: 20 }, () => addFolder(db, owner.userId)));
    await addItems(
      db,
      owner,
      others.flatMap((folder_id) => [{ folder_id }, { folder_id }]),
    );
    await db.query({ name: 'test.analyze', text: 'ANALYZE items' });
  }

  const read = (ids: readonly string[], columns: string) =>
    db.query({
      name: 'test.read',
      text: `SELECT ${columns} FROM items WHERE id = ANY ($1::uuid[]) ORDER BY id`,
      values: [ids],
    });

  describe('are found', () => {
    it('by their identities, the newest first, with what they expire at', async () => {
      const expiry = '2027-01-01T00:00:00.000Z';
      const [a, b] = await addItems(db, owner, [
        named('a'),
        { ...named('b'), expires_at: expiry, expiry_certainty: 'exact' },
      ]);
      expect(await findKnownItems(db, owner.folderId, hashes('new', 'b', 'a'))).toEqual([
        { position: 1, id: b, expires_at: Date.parse(expiry), is_signed: true },
        { position: 2, id: a, expires_at: null, is_signed: false },
      ]);
      expect(await findKnownItems(db, owner.folderId, hashes())).toEqual([]);
    });

    it('the newest first where several have one identity, whatever their types', async () => {
      const [oldest = '', middle = '', newest = ''] = [nextId(), nextId(), nextId()];
      await addItems(db, owner, [
        { ...named('a'), id: newest },
        { ...named('a'), id: oldest, type: 'video' },
        { ...named('a'), id: middle },
      ]);
      const found = await findKnownItems(db, owner.folderId, hashes('a'));
      expect(found.map(({ id }) => id)).toEqual([newest, middle, oldest]);
    });

    it('in their own folder only', async () => {
      const elsewhere = await addFolder(db, owner.userId);
      const [here] = await addItems(db, owner, [named('a'), { ...named('b'), folder_id: elsewhere }]);
      const found = await findKnownItems(db, owner.folderId, hashes('a', 'b'));
      expect(found.map(({ id }) => id)).toEqual([here]);
    });

    it('by the index of identities, whether the statistics know the folder or not', async () => {
      await analyseWithoutFolder();
      const names = Array.from({ length: 20_000 }, (_, index) => `item ${index}`);
      const ids = await addItems(db, owner, names.map(named));
      const asked = hashes(...names.slice(0, 1_000));
      const plan = () => explained(db, (executor) => findKnownItems(executor, owner.folderId, asked));
      const plans = [await plan()];
      await db.query({ name: 'test.analyze', text: 'ANALYZE items' });
      plans.push(await plan());
      for (const each of plans) {
        expect(each).toContain('items_by_identity');
        expect(each).not.toMatch(/Seq Scan on items|items_by_id\b|items_pkey|items_by_name/);
      }
      const found = await findKnownItems(db, owner.folderId, asked);
      expect(found.map(({ id }) => id)).toEqual(ids.slice(0, 1_000).toReversed());
    });
  });

  describe('are renewed', () => {
    const old = { url_head: 'https://bucket.example/old', expires_at: '2027-01-01T00:00:00Z' };
    const given = (id: string, expires_at: string | null): ItemValues => ({
      id,
      name: 'another name',
      url_head: 'https://bucket.example/new',
      url_tail_sealed: Buffer.from([1, 2]),
      expires_at,
      expiry_certainty: 'exact',
    });

    it('by URLs that live longer, and answer which', async () => {
      const [later = '', same = '', earlier = '', endless = '', unknown = ''] = await addItems(db, owner, [
        old,
        old,
        old,
        old,
        { ...old, expires_at: null },
      ]);
      const renewed = await db.transaction(async (tx) => {
        await stage(tx, [
          { values: given(later, '2028-01-01T00:00:00Z'), renews: true },
          { values: given(same, '2027-01-01T00:00:00Z'), renews: true },
          { values: given(earlier, '2026-01-01T00:00:00Z'), renews: true },
          { values: given(endless, null), renews: true },
          { values: given(unknown, '2028-01-01T00:00:00Z'), renews: true },
        ]);
        return renewKnownItems(tx, owner.folderId);
      });
      expect(renewed.sort()).toEqual([later, unknown]);
      const heads = await read([later, same, earlier, endless, unknown], 'url_head, url_tail_sealed');
      const fresh = { url_head: 'https://bucket.example/new', url_tail_sealed: Buffer.from([1, 2]) };
      const stale = { url_head: old.url_head, url_tail_sealed: null };
      expect(heads).toEqual([fresh, stale, stale, stale, fresh]);
    });

    it('in nothing but the URL and its expiry', async () => {
      const [id = ''] = await addItems(db, owner, [{ ...old, width: 640, client_metadata: '{"a": 1}' }]);
      const rest =
        'name, type, width, client_metadata, identity_hash, integration_id, created_at, metadata_source';
      const before = await read([id], rest);
      await db.transaction(async (tx) => {
        const values = { ...given(id, '2028-01-01T00:00:00Z'), width: 1, client_metadata: '{}' };
        await stage(tx, [{ values, renews: true }]);
        await renewKnownItems(tx, owner.folderId);
      });
      expect(await read([id], rest)).toEqual(before);
      expect(await read([id], 'expires_at, expiry_certainty')).toEqual([
        { expires_at: new Date('2028-01-01T00:00:00Z'), expiry_certainty: 'exact' },
      ]);
    });

    it('only where the row asks for it and the item is in the folder', async () => {
      const elsewhere = await addFolder(db, owner.userId);
      const ids = await addItems(db, owner, [old, { ...old, folder_id: elsewhere }]);
      const renewed = await db.transaction(async (tx) => {
        const [kept = '', foreign = ''] = ids;
        await stage(tx, [
          { values: given(kept, '2028-01-01T00:00:00Z'), upserts: true },
          { values: given(foreign, '2028-01-01T00:00:00Z'), renews: true },
        ]);
        return renewKnownItems(tx, owner.folderId);
      });
      expect(renewed).toEqual([]);
      const unchanged = { url_head: old.url_head };
      expect(await read(ids, 'url_head')).toEqual([unchanged, unchanged]);
    });
  });

  describe('take metadata', () => {
    const measured: ItemValues = { metadata_source: 'manifest', width: 640, height: 480, file_size: 1_000 };
    const columns = 'metadata_source, width, height, file_size, client_metadata';

    it('as far as the manifest gives it, and the folder counts their new size', async () => {
      const metadata = '{"old": true}';
      const ids = await addItems(db, owner, [
        { ...measured, client_metadata: metadata },
        { ...measured, client_metadata: metadata },
        { client_metadata: metadata },
      ]);
      const [whole = '', client = '', media = ''] = ids;
      await db.transaction(async (tx) => {
        const changed: ItemValues = { metadata_source: 'manifest', width: 320, file_size: 5 };
        await stage(tx, [
          { values: { id: whole, ...changed, client_metadata: '{"new": 1}' }, upserts: true },
          { values: { id: client, client_metadata: '{"new": 2}' }, upserts: true },
          { values: { id: media, ...changed }, upserts: true },
        ]);
        await upsertKnownMetadata(tx, owner.folderId);
      });
      const replaced = { metadata_source: 'manifest', width: 320, height: null, file_size: 5 };
      const original = { metadata_source: 'manifest', width: 640, height: 480, file_size: 1_000 };
      expect(await read(ids, columns)).toEqual([
        { ...replaced, client_metadata: { new: 1 } },
        { ...original, client_metadata: { new: 2 } },
        { ...replaced, client_metadata: { old: true } },
      ]);
      const sizes = `SELECT total_size FROM folder_item_counts WHERE folder_id = $1`;
      expect(await column(db, sizes, [owner.folderId])).toEqual([1_010]);
      const unmeasured = 'SELECT unmeasured_count FROM integration_item_counts WHERE integration_id = $1';
      expect(await column(db, unmeasured, [owner.integrationId])).toEqual([0]);
    });

    it('only where the row asks for it, the type is theirs and they are in the folder', async () => {
      const elsewhere = await addFolder(db, owner.userId);
      const ids = await addItems(db, owner, [measured, measured, { ...measured, folder_id: elsewhere }]);
      const [unasked = '', video = '', foreign = ''] = ids;
      const before = await read(ids, columns);
      await db.transaction(async (tx) => {
        const changed: ItemValues = { metadata_source: 'manifest', width: 1, client_metadata: '{}' };
        await stage(tx, [
          { values: { id: unasked, ...changed }, renews: true },
          { values: { id: video, ...changed, type: 'video' }, upserts: true },
          { values: { id: foreign, ...changed }, upserts: true },
        ]);
        await upsertKnownMetadata(tx, owner.folderId);
      });
      expect(await read(ids, columns)).toEqual(before);
    });
  });

  it('are staged for one transaction, committed or not', async () => {
    const [id = ''] = await addItems(db, owner, [{ expires_at: '2027-01-01T00:00:00Z' }]);
    const values = { id, expires_at: '2028-01-01T00:00:00Z' };
    const undone = db.transaction(async (tx) => {
      await stage(tx, [{ values, renews: true }]);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await db.transaction((tx) => stage(tx, [{ values, renews: true }]));
    const renewed = await db.transaction(async (tx) => {
      await stage(tx, []);
      return renewKnownItems(tx, owner.folderId);
    });
    expect(renewed).toEqual([]);
  });

  it('are changed by their keys, whether the statistics know the folder or not', async () => {
    await analyseWithoutFolder();
    const ids = await addItems(
      db,
      owner,
      Array.from({ length: 20_000 }, () => ({})),
    );
    const plans = () =>
      db.transaction(async (tx) => {
        await stage(
          tx,
          ids.slice(0, 100).map((id) => ({ values: { id }, renews: true, upserts: true })),
        );
        const renewing = await explained(tx, (executor) => renewKnownItems(executor, owner.folderId));
        return [renewing, await explained(tx, (executor) => upsertKnownMetadata(executor, owner.folderId))];
      });
    const early = await plans();
    await db.query({ name: 'test.analyze', text: 'ANALYZE items' });
    for (const plan of [...early, ...(await plans())]) {
      expect(plan).toMatch(/Index Cond: .*\bid = /);
      expect(plan).not.toMatch(/Seq Scan on items|Index Cond: \(folder_id = [^)]*\)$/m);
    }
  });
});
