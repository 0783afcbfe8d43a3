import type { Executor } from '../engine/executor.js';
import {
  type Keyset,
  type KeysetPosition,
  keysetConditions,
  keysetOrder,
  likePattern,
  Parameters,
  searchConditions,
  whereAll,
} from '../paging/keyset.js';
import { collectEntered, collectExpiring } from './collect.js';
import { type RarestPredicate, rarestPredicate } from './entries.js';
import { metadataConditions } from './metadata-conditions.js';
import {
  countExpiryBlocks,
  datasetConditions,
  expiryConditions,
  type ItemFilter,
  joinItems,
  placesOf,
  readInOrder,
  scopeConditions,
} from './places.js';
import { type ItemRow, itemColumns } from './reader.js';

/** Entries of the index that the first look reads: 2 to 5 ms; with an expiry their rows as well. */
const firstLook = 5_000;
const lookGrowth = 8;
/** Reading on in the index costs up to 15 ms for as many entries, and about as much as `mostRare` rows by trigram. */
const fewEntries = 40_000;
/** Of 256 ids each. Read on behind them in the list's order, as there is something of the range in many places. */
const mostBlocks = 1_000;
/** Rows that lie anywhere in the table: 13 ms when the operating system has them in memory. */
const mostRare = 1_000;
/** Items that are looked up at once, where a predicate has no more: 10 ms. */
const fewEntered = 2_000;

/**
 * A common text fills the page after a short way through the index of the list; a rare one is looked up by its
 * trigrams. Which it is, the first look tells, and not the planner's estimate, which is far off for such texts. Of
 * items that expire in a range it is known in which blocks of ids they are: where these are few, they alone are read.
 * Of predicates of client metadata it is known which items may meet them: they alone are read where they are fewer than
 * those that had to be looked at to fill the page.
 */
export async function searchItems(db: Executor, filter: ItemFilter, keyset: Keyset): Promise<ItemRow[]> {
  const { search } = filter;
  const rarest = await rarestPredicate(db, filter);
  const lookedUp = await lookUp(db, filter, keyset, rarest);
  if (lookedUp) return lookedUp;
  const found: ItemRow[] = [];
  let rest = keyset;
  for (let entries = firstLook; ; entries *= lookGrowth) {
    const look = await lookThrough(db, filter, rest, entries);
    found.push(...look.found);
    if (found.length >= keyset.limit || look.stoppedAt === null) return found;
    rest = { ...keyset, after: look.stoppedAt, limit: keyset.limit - found.length };
    const entriesToGo = (rest.limit * entries) / found.length;
    if (rarest && entriesToGo > rarest.items)
      return [...found, ...(await collectEntered(db, filter, rarest.predicate, rest))];
    if (entries > firstLook || search === null || !hasTrigrams(search)) continue;
    const rare = entriesToGo > fewEntries ? await findRare(db, { ...filter, search }, rest) : null;
    if (rare) return [...found, ...rare];
  }
}

/** All that is left, where it is known that only few items may be it; null: it is not. */
async function lookUp(
  db: Executor,
  filter: ItemFilter,
  keyset: Keyset,
  rarest: RarestPredicate | null,
): Promise<ItemRow[] | null> {
  if (rarest?.items === 0) return [];
  if (rarest && rarest.items <= fewEntered) return collectEntered(db, filter, rarest.predicate, keyset);
  const { expiry } = filter;
  if (expiry === null || expiry === 'never') return null;
  const blocks = await countExpiryBlocks(db, filter, expiry, mostBlocks + 1);
  if (blocks === 0) return [];
  return blocks <= mostBlocks ? collectExpiring(db, { ...filter, expiry }, keyset) : null;
}

/** Without three letters or digits in a row, an index of trigrams has to be read whole. */
function hasTrigrams(search: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(search);
}

interface Look {
  readonly found: ItemRow[];
  /** Null: all items were looked at. */
  readonly stoppedAt: KeysetPosition | null;
}

type SeenRow = ItemRow & { readonly matches: boolean; readonly stops: boolean };

/**
 * Looks at about `entries` items, spread over the places as the items are. A place stops with its last item that was
 * looked at, whether that matches or not; beyond the first such item, others that match may have been missed.
 */
async function lookThrough(db: Executor, filter: ItemFilter, keyset: Keyset, entries: number): Promise<Look> {
  const parameters = new Parameters();
  const places = placesOf(filter, parameters);
  const inOrder = readInOrder(keyset, parameters)('place');
  const matches = [
    ...searchConditions('entry', filter.search, parameters),
    ...expiryConditions('entry', filter.expiry, parameters),
    ...datasetConditions('entry', filter.isInDataset),
    ...metadataConditions('entry', filter.metadata, parameters),
  ].join(' AND ');
  // A search alone reads no rows, only the index.
  const columns = `i.folder_id, i.type, i.id, i.name${filter.expiry ? ', i.expires_at, i.expiry_certainty' : ''}${filter.metadata?.length ? ', i.client_metadata' : ''}`;
  const limit = parameters.add(keyset.limit);
  const text = `WITH places AS MATERIALIZED (
      SELECT p.*, 1 + (${parameters.add(entries)}::numeric * p.items_count / sum(p.items_count) OVER ())::bigint AS share FROM (${places}) p),
    page AS (
      SELECT seen.* FROM places place CROSS JOIN LATERAL (
        SELECT entry.*, ${matches} AS matches, entry.number = place.share AS stops FROM (
          SELECT i.*, row_number() OVER () AS number
          FROM (SELECT ${columns} FROM items i ${inOrder} LIMIT place.share) i) entry
        WHERE ${matches} OR entry.number = place.share LIMIT ${limit}) seen
      ${keysetOrder('seen', keyset)} LIMIT ${limit})
    SELECT ${itemColumns(filter.withSecrets)}, page.matches, page.stops FROM page ${joinItems} ${keysetOrder('page', keyset)}`;
  return readLook(await db.query<SeenRow>({ name: 'items.look', text, values: parameters.values }));
}

function readLook(rows: readonly SeenRow[]): Look {
  const found: ItemRow[] = [];
  for (const { matches, stops, ...item } of rows) {
    if (matches) found.push(item);
    if (stops) return { found, stoppedAt: { name: item.name, id: item.id } };
  }
  return { found, stoppedAt: null };
}

type RareRow = (ItemRow & { readonly isRare: boolean }) | { readonly isRare: boolean; readonly id: null };

/** Null: more than `mostRare` items anywhere may match. */
async function findRare(
  db: Executor,
  filter: ItemFilter & { readonly search: string },
  keyset: Keyset,
): Promise<ItemRow[] | null> {
  const parameters = new Parameters();
  const pattern = parameters.add(likePattern(filter.search));
  const most = `${parameters.add(mostRare)}::integer`;
  const where = whereAll([
    ...scopeConditions('c', filter, parameters),
    ...keysetConditions('c', keyset, parameters),
    ...expiryConditions('e', filter.expiry, parameters),
    ...datasetConditions('c', filter.isInDataset),
    ...metadataConditions('e', filter.metadata, parameters),
  ]);
  const rows =
    filter.expiry || filter.metadata?.length
      ? 'candidates c JOIN items e ON e.folder_id = c.folder_id AND e.type = c.type AND e.id = c.id'
      : 'candidates c';
  const text = `WITH candidates AS MATERIALIZED (
      SELECT folder_id, type COLLATE "C" AS type, id, name COLLATE "C" AS name FROM items_named_like(${pattern}, ${most})),
    page AS (
      SELECT DISTINCT c.* FROM ${rows} ${where} ${keysetOrder('c', keyset)} LIMIT ${parameters.add(keyset.limit)})
    SELECT counted."isRare", ${itemColumns(filter.withSecrets)} FROM (SELECT count(*) < ${most} AS "isRare" FROM candidates) counted
    LEFT JOIN (page ${joinItems}) ON counted."isRare" ${keysetOrder('page', keyset)}`;
  const answer = await db.query<RareRow>({ name: 'items.findRare', text, values: parameters.values });
  if (!answer[0]?.isRare) return null;
  return answer.flatMap(({ isRare: _, ...item }) => (item.id === null ? [] : [item as ItemRow]));
}
