import type { Database } from '@latchkey/db/engine/executor';
import { insertFolder } from '@latchkey/db/folders/writer';
import { type ExpiryKeyset, listItemsByExpiry } from '@latchkey/db/items/by-expiry';
import { type ExpiryFilter, type ItemFilter, listItems } from '@latchkey/db/items/list';
import { migrate } from '@latchkey/db/migrate/migrate';
import type { Keyset } from '@latchkey/db/paging/keyset';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';
import { addItems, addOwner, nextId, type Owner } from './fixtures.js';

interface Item {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly folderId: string;
  readonly expiresAt: Date | null;
  readonly isSigned: boolean;
}

const types = ['image', 'video', 'pdf'] as const;
/** Equal names, letters whose case folds only beyond ASCII, and what a pattern would take for a joker. */
const words = [
  'cat',
  'Cat',
  'CAT 100%',
  'Größe',
  'GRÖSSE',
  'größe_2',
  'a_b',
  'axb',
  'back\\slash',
  'ÉTÉ',
  'z',
];
const searches = ['cat', 'CAT', '%', '_', '\\', 'größe', 'été', 'z', 'a_', 'no such name', '100%'];

const start = Date.UTC(2026, 2, 1, 12);
const moments = fc.option(
  fc.integer({ min: -1, max: 7 }).map((halfMinutes) => new Date(start + halfMinutes * 30_000)),
  { nil: null },
);

function expiryColumns(expiresAt: Date | null, isSigned: boolean) {
  if (expiresAt !== null) return { expires_at: expiresAt.toISOString(), expiry_certainty: 'exact' };
  return { expires_at: null, expiry_certainty: isSigned ? 'unknown' : null };
}

function hasExpiry({ expiresAt, isSigned }: Item, expiry: ExpiryFilter): boolean {
  if (expiry === 'unknown' || expiry === 'never')
    return expiresAt === null && isSigned === (expiry === 'unknown');
  const { after, before } = expiry;
  return expiresAt !== null && (!after || expiresAt >= after) && (!before || expiresAt < before);
}

describe.each(engines)('lists of items on $engine', (options) => {
  const database = useTestDatabase(options);
  let db: Database;
  let owner: Owner;
  const folders: string[] = [];
  const items: Item[] = [];

  async function addSubfolder(parentId: string): Promise<string> {
    const id = nextId();
    const folder = { id, parentId, name: id, description: '', clientMetadata: null };
    await insertFolder(db, { ...folder, createdBy: owner.userId });
    return id;
  }

  beforeAll(async () => {
    db = database.current.db;
    await migrate(db);
    owner = await addOwner(db);
    const child = await addSubfolder(owner.folderId);
    folders.push(owner.folderId, child, await addSubfolder(child), (await addOwner(db)).folderId);
    await addSubfolder(owner.folderId);
    await db.query({
      name: 'test.share',
      text: `INSERT INTO folder_members (folder_id, user_id, role) VALUES ($1, $3, 'viewer'), ($2, $3, 'admin') ON CONFLICT DO NOTHING`,
      values: [owner.folderId, child, owner.userId],
    });
    for (let number = 0; number < 400; number++) {
      const folderId = folders[(number * 7) % folders.length] ?? '';
      const name = `${words[(number * 3) % words.length]}${number % 4 === 0 ? '' : ` ${number % 50}`}`;
      items.push({
        id: nextId(),
        name,
        type: types[number % 5 === 0 ? 1 : number % 11 === 0 ? 2 : 0] ?? '',
        folderId,
        // Up to two minutes and a half: whole minutes, their halves and what is a millisecond off.
        isSigned: number % 6 > 0,
        expiresAt: number % 3 === 0 ? null : new Date(start + (number % 6) * 30_000 + (number % 2)),
      });
    }
    for (const { id, name, type, folderId, expiresAt, isSigned } of items)
      await addItems(db, { ...owner, folderId }, [
        {
          id,
          name,
          type,
          ...expiryColumns(expiresAt, isSigned),
        },
      ]);
  });

  const inScope = ({ scope }: ItemFilter): ((item: Item) => boolean) => {
    if (scope.kind === 'folder') return ({ folderId }) => folderId === scope.folderId;
    if (scope.kind === 'everywhere') return () => true;
    return ({ folderId }) => folders.slice(0, 3).includes(folderId);
  };

  /** What the list must be: all items, filtered and sorted in memory, by code point. */
  function expected(filter: ItemFilter, { orderBy, desc }: Keyset): string[] {
    const found = matching(filter);
    const bytes = (item: Item): Buffer =>
      Buffer.from(orderBy === 'name' ? `${item.name}\0${item.id}` : item.id);
    const sorted = found.sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
    return (desc ? sorted.reverse() : sorted).map(({ id }) => id);
  }

  /** The known ones by minute and id, then those that do not say, then those that never die. */
  function expectedByExpiry(filter: ItemFilter, { desc, isFromEnd }: ExpiryKeyset): string[] {
    const minuteOf = ({ expiresAt }: Item) =>
      String(Math.ceil((expiresAt?.getTime() ?? 0) / 60_000)).padStart(12);
    const keyOf = (item: Item) => `${minuteOf(item)} ${item.id}`;
    const all = matching(filter).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    if (desc) all.reverse();
    const isKnown = ({ expiresAt }: Item) => expiresAt !== null;
    const others = all.filter((item) => !isKnown(item));
    const sorted = [
      ...all.filter(isKnown),
      ...others.filter(({ isSigned }) => isSigned),
      ...others.filter(({ isSigned }) => !isSigned),
    ].map(({ id }) => id);
    return isFromEnd ? sorted.reverse() : sorted;
  }

  const matching = (filter: ItemFilter): Item[] =>
    items
      .filter(inScope(filter))
      .filter(({ type }) => filter.types?.includes(type) ?? true)
      .filter((item) => filter.expiry === null || hasExpiry(item, filter.expiry))
      .filter(({ name }) => name.toLowerCase().includes((filter.search ?? '').toLowerCase()));

  async function walk(filter: ItemFilter, keyset: Keyset): Promise<string[]> {
    const ids: string[] = [];
    let after = keyset.after;
    for (;;) {
      const page = await listItems(db, filter, { ...keyset, after });
      ids.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (!last || page.length < keyset.limit) return ids;
      after = { name: keyset.orderBy === 'name' ? last.name : '', id: last.id };
    }
  }

  const filters = (): fc.Arbitrary<ItemFilter> =>
    fc.record({
      scope: fc.constantFrom<ItemFilter['scope']>(
        ...folders.map((folderId) => ({ kind: 'folder' as const, folderId })),
        { kind: 'below', folderId: owner.folderId },
        { kind: 'everywhere' },
      ),
      search: fc.constantFrom(null, ...searches),
      types: fc.constantFrom(null, ['image'], ['video', 'pdf'], ['nifti']),
      expiry: fc.oneof(
        fc.constantFrom(null, 'unknown' as const),
        fc.record({ after: moments, before: moments }),
      ),
      withSecrets: fc.boolean(),
    });
  const keysets: fc.Arbitrary<Keyset> = fc.record({
    orderBy: fc.constantFrom('name' as const, 'id' as const),
    desc: fc.boolean(),
    after: fc.constant(null),
    limit: fc.integer({ min: 1, max: 120 }),
  });

  it('page through the same items in the same order as a sort of all of them in memory', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), keysets, async (filter, keyset) => {
        expect(await walk(filter, keyset)).toEqual(expected(filter, keyset));
      }),
      { numRuns: 150 },
    );
  });

  it('page by expiry through them from both ends, those of no known one last', async () => {
    const keysets = fc.record({
      desc: fc.boolean(),
      isFromEnd: fc.boolean(),
      limit: fc.integer({ min: 1, max: 120 }),
    });
    await fc.assert(
      fc.asyncProperty(filters(), keysets, async (filter, options) => {
        const keyset = { ...options, after: null };
        const ids: string[] = [];
        let page = await listItemsByExpiry(db, filter, keyset);
        for (;;) {
          ids.push(...page.map(({ id }) => id));
          const last = page.at(-1);
          if (!last || page.length < keyset.limit) break;
          page = await listItemsByExpiry(db, filter, {
            ...keyset,
            after: { minute: last.minute, id: last.id },
          });
        }
        expect(ids).toEqual(expectedByExpiry(filter, keyset));
      }),
      { numRuns: 100 },
    );
  });

  it('hold the items of folders that are shared with the user, and of those below, once', async () => {
    const filter = {
      scope: { kind: 'sharedWith' as const, userId: owner.userId },
      search: null,
      types: null,
      expiry: null,
      withSecrets: false,
    };
    const keyset = { orderBy: 'name' as const, desc: false, after: null, limit: 7 };
    expect(await walk(filter, keyset)).toEqual(
      expected({ ...filter, scope: { kind: 'below', folderId: '' } }, keyset),
    );
  });
});
