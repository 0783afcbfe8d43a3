import type { Executor } from '../engine/executor.js';
import { Parameters, searchConditions, whereAll } from '../paging/keyset.js';
import { listItems } from './list.js';
import { metadataConditions } from './metadata-conditions.js';
import {
  type CountedExpiry,
  countedConditions,
  datasetConditions,
  expiryConditions,
  type ItemFilter,
  joinItems,
  placesOf,
} from './places.js';
import { type ItemRow, itemColumns } from './reader.js';

/** Where an item stands in a list by expiry. */
export interface ExpiryPosition {
  /** End of the minute in which the URL dies, as ISO text; `infinity`: it does not say when; empty: it never dies. */
  readonly minute: string;
  readonly id: string;
}

export interface ExpiryKeyset {
  readonly desc: boolean;
  /** The list is read from its end. */
  readonly isFromEnd: boolean;
  readonly after: ExpiryPosition | null;
  readonly limit: number;
}

export type ItemByExpiry = ItemRow & { readonly minute: string };

const phases = ['known', 'unknown', 'never'] as const;
type Phase = (typeof phases)[number];
const phaseOf = (minute: string): Phase =>
  minute === '' ? 'never' : minute === 'infinity' ? 'unknown' : 'known';

/** Where a filter leaves so many items, all of them are read and sorted. */
const few = 1_000;

/**
 * One page in the order of expiry, to the minute, and of ids within it: the order of `folder_expiry_blocks`, so that no
 * index has the expiry. Those of no known expiry are last whatever the direction.
 */
export async function listItemsByExpiry(
  db: Executor,
  filter: ItemFilter,
  keyset: ExpiryKeyset,
): Promise<ItemByExpiry[]> {
  const sorted = await sortFew(db, filter, keyset);
  if (sorted) return sorted;
  const order = keyset.isFromEnd ? [...phases].reverse() : phases;
  const found: ItemByExpiry[] = [];
  for (const phase of order.slice(keyset.after ? order.indexOf(phaseOf(keyset.after.minute)) : 0)) {
    const isIn = keyset.after !== null && phaseOf(keyset.after.minute) === phase;
    const rest = {
      desc: keyset.desc !== keyset.isFromEnd,
      after: isIn ? keyset.after : null,
      limit: keyset.limit - found.length,
    };
    found.push(...(await readPhase(db, filter, phase, rest)));
    if (found.length >= keyset.limit) break;
  }
  return found;
}

type PhaseKeyset = Omit<ExpiryKeyset, 'isFromEnd'>;

async function readPhase(
  db: Executor,
  filter: ItemFilter,
  phase: Phase,
  keyset: PhaseKeyset,
): Promise<ItemByExpiry[]> {
  const { expiry } = filter;
  if (phase === 'never') return expiry === null ? readNever(db, filter, keyset) : [];
  if (phase === 'unknown')
    return expiry === null || expiry === 'unknown' ? readCounted(db, filter, phase, keyset) : [];
  if (expiry === 'unknown' || expiry === 'never') return [];
  return readCounted(db, filter, expiry ?? { after: null, before: null }, keyset);
}

async function readNever(db: Executor, filter: ItemFilter, keyset: PhaseKeyset): Promise<ItemByExpiry[]> {
  const after = keyset.after && { name: '', id: keyset.after.id };
  const byId = { orderBy: 'id', desc: keyset.desc, after, limit: keyset.limit } as const;
  return (await listItems(db, { ...filter, expiry: 'never' }, byId)).map((row) => ({ ...row, minute: '' }));
}

/** Ids that share a block. */
const blockSize = 256;
const lookGrowth = 8;

/** Blocks are read until the page is full; without further conditions, those of the first look fill it. */
async function readCounted(
  db: Executor,
  filter: ItemFilter,
  expiry: CountedExpiry,
  keyset: PhaseKeyset,
): Promise<ItemByExpiry[]> {
  const found: ItemByExpiry[] = [];
  let { after } = keyset;
  for (let items = keyset.limit + blockSize; ; items *= lookGrowth) {
    const look = { desc: keyset.desc, after, limit: keyset.limit - found.length, items };
    const { rows, stoppedAt } = await lookThrough(db, filter, expiry, look);
    found.push(...rows);
    if (found.length >= keyset.limit || stoppedAt === null) return found;
    after = stoppedAt;
  }
}

interface Look extends PhaseKeyset {
  /** About as many are looked at. */
  readonly items: number;
}

/** `Infinity` for `infinity`. */
type Minute = Date | number;
type LookRow = (ItemRow | { readonly id: null }) & {
  readonly minute: Minute;
  readonly stop_minute: Minute | null;
  readonly stop_id: string | null;
};

/** Items of the next blocks; null: there are no more blocks. */
async function lookThrough(
  db: Executor,
  filter: ItemFilter,
  expiry: CountedExpiry,
  look: Look,
): Promise<{ rows: ItemByExpiry[]; stoppedAt: ExpiryPosition | null }> {
  const parameters = new Parameters();
  const places = placesOf({ ...filter, expiry }, parameters);
  const [behind, direction] = look.desc ? ['<', ' DESC'] : ['>', ''];
  const position = look.after && {
    minute: `${parameters.add(look.after.minute)}::timestamptz`,
    id: `${parameters.add(look.after.id)}::uuid`,
  };
  const blockOrder = (alias: string) => `${alias}.expired_by${direction}, ${alias}.block${direction}`;
  const blocks = whereAll([
    'e.folder_id = f.folder_id',
    ...countedConditions('e', expiry, parameters),
    ...(position
      ? [`(e.expired_by, e.block) ${behind}= (${position.minute}, id_block(${position.id}))`]
      : []),
  ]);
  // IS TRUE leaves the index of ids alone: the planner may else read the whole folder.
  const items = whereAll([
    "i.id BETWEEN (encode(b.block, 'hex') || '00')::uuid AND (encode(b.block, 'hex') || 'ff')::uuid",
    '(i.folder_id = b.folder_id) IS TRUE',
    'counted_expiry(i.expires_at, i.expiry_certainty) = b.expired_by',
    ...(filter.types ? [`(i.type = ANY (${parameters.add(filter.types)}::text[])) IS TRUE`] : []),
    ...searchConditions('i', filter.search, parameters),
    ...expiryConditions('i', filter.expiry, parameters),
    ...datasetConditions('i', filter.isInDataset),
    ...metadataConditions('i', filter.metadata, parameters),
  ]);
  const most = parameters.add(look.items);
  const page = position
    ? `WHERE (found.expired_by, found.id) ${behind} (${position.minute}, ${position.id})`
    : '';
  const pageOrder = (alias: string) => `ORDER BY ${alias}.expired_by${direction}, ${alias}.id${direction}`;
  const text = `WITH next_blocks AS (
      SELECT n.* FROM (SELECT DISTINCT p.folder_id FROM (${places}) p) f CROSS JOIN LATERAL (
        SELECT e.folder_id, e.expired_by, e.block, e.items_count FROM folder_expiry_blocks e ${blocks}
        ORDER BY ${blockOrder('e')} LIMIT ${most}) n
      ORDER BY ${blockOrder('n')} FETCH FIRST (${most}) ROWS WITH TIES),
    numbered AS (
      SELECT n.*, sum(n.items_count) OVER (ORDER BY ${blockOrder('n')}) AS items_so_far FROM next_blocks n),
    looked_at AS MATERIALIZED (
      SELECT n.* FROM numbered n WHERE n.items_so_far <= coalesce(
        (SELECT min(m.items_so_far) FROM numbered m WHERE m.items_so_far >= ${most}), n.items_so_far)),
    stop AS (
      SELECT l.expired_by, l.block FROM looked_at l WHERE (SELECT sum(n.items_count) FROM next_blocks n) >= ${most}
      ORDER BY ${look.desc ? 'l.expired_by, l.block' : 'l.expired_by DESC, l.block DESC'} LIMIT 1),
    page AS (
      SELECT found.* FROM (
        SELECT i.folder_id, i.type, i.id, b.expired_by FROM looked_at b CROSS JOIN LATERAL (
          SELECT i.folder_id, i.type, i.id FROM items i ${items} OFFSET 0) i) found
      ${page} ${pageOrder('found')} LIMIT ${parameters.add(look.limit)})
    SELECT ${itemColumns(filter.withSecrets)}, page.expired_by AS minute, s.expired_by AS stop_minute,
      (encode(s.block, 'hex') || '${look.desc ? '00' : 'ff'}')::uuid AS stop_id
    FROM (SELECT 1) one LEFT JOIN stop s ON true LEFT JOIN (page ${joinItems}) ON true ${pageOrder('page')}`;
  return readLook(await db.query<LookRow>({ name: 'items.lookByExpiry', text, values: parameters.values }));
}

function readLook(rows: readonly LookRow[]): { rows: ItemByExpiry[]; stoppedAt: ExpiryPosition | null } {
  const stop = rows[0];
  const stoppedAt =
    stop && stop.stop_minute !== null && stop.stop_id !== null
      ? { minute: toMinute(stop.stop_minute), id: stop.stop_id }
      : null;
  const found = rows.flatMap(({ stop_minute: _, stop_id: __, minute, ...row }) =>
    row.id === null ? [] : [{ ...(row as ItemRow), minute: toMinute(minute) }],
  );
  return { rows: found, stoppedAt };
}

const toMinute = (minute: Minute): string => (typeof minute === 'number' ? 'infinity' : minute.toISOString());

/** All that match, sorted here; null: a filter leaves more of them than a few, or there is none. */
async function sortFew(
  db: Executor,
  filter: ItemFilter,
  keyset: ExpiryKeyset,
): Promise<ItemByExpiry[] | null> {
  const isNarrow = filter.search !== null || filter.isInDataset != null || (filter.metadata ?? []).length > 0;
  if (!isNarrow) return null;
  const rows = await listItems(db, filter, { orderBy: 'id', desc: false, after: null, limit: few + 1 });
  if (rows.length > few) return null;
  const compare = comparison(keyset);
  const sorted = rows.map((row) => ({ ...row, minute: minuteOf(row) })).sort(compare);
  const { after } = keyset;
  return sorted.filter((row) => after === null || compare(row, after) > 0).slice(0, keyset.limit);
}

const minuteMs = 60_000;

function minuteOf({ expires_at, expiry_certainty }: ItemRow): string {
  if (expires_at === null) return expiry_certainty === null ? '' : 'infinity';
  return new Date(Math.ceil(expires_at.getTime() / minuteMs) * minuteMs).toISOString();
}

function comparison({ desc, isFromEnd }: ExpiryKeyset): (a: ExpiryPosition, b: ExpiryPosition) => number {
  const sign = desc ? -1 : 1;
  const compare = (a: ExpiryPosition, b: ExpiryPosition): number => {
    const [first, second] = [phases.indexOf(phaseOf(a.minute)), phases.indexOf(phaseOf(b.minute))];
    return first - second || sign * (order(a.minute, b.minute) || order(a.id, b.id));
  };
  return isFromEnd ? (a, b) => compare(b, a) : compare;
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
