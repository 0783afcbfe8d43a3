import type { Executor } from '../engine/executor.js';
import { sharedFolders } from '../folders/visibility.js';
import { type Keyset, Parameters, whereAll } from '../paging/keyset.js';
import type { MetadataPredicate } from './metadata-conditions.js';

export type ItemScope =
  /** `below`: the folder and all folders below it. */
  | { readonly kind: 'folder' | 'below'; readonly folderId: string }
  | { readonly kind: 'sharedWith'; readonly userId: string }
  | { readonly kind: 'everywhere' };

/** Object URLs that die at `after` or later, and earlier than `before`. Those that die at no known moment are in no range. */
export interface ExpiryRange {
  readonly after: Date | null;
  readonly before: Date | null;
}

/** `unknown`: the URL is signed and does not say when it dies. `never`: it is not signed. */
export type ExpiryFilter = ExpiryRange | 'unknown' | 'never';

/** What blocks and minutes are counted of. */
export type CountedExpiry = Exclude<ExpiryFilter, 'never'>;

export interface ItemFilter {
  readonly scope: ItemScope;
  readonly search: string | null;
  readonly types: readonly string[] | null;
  readonly expiry: ExpiryFilter | null;
  /** Only items that are in some dataset, or with false in none. */
  readonly isInDataset?: boolean | null;
  /** Only items that meet each of them. */
  readonly metadata?: readonly MetadataPredicate[];
  /** Also what makes the object URLs whole. */
  readonly withSecrets: boolean;
}

/** Conditions for `alias.folder_id` and `alias.type`. */
export function scopeConditions(
  alias: string,
  { scope, types }: Pick<ItemFilter, 'scope' | 'types'>,
  parameters: Parameters,
): string[] {
  const ofTypes = types ? [`${alias}.type = ANY (${parameters.add(types)}::text[])`] : [];
  return [...folderConditions(`${alias}.folder_id`, scope, parameters), ...ofTypes];
}

function folderConditions(folderId: string, scope: ItemScope, parameters: Parameters): string[] {
  const among = (condition: string) => [`${folderId} IN (SELECT f.id FROM folders f WHERE ${condition})`];
  switch (scope.kind) {
    case 'folder':
      return [`${folderId} = ${parameters.add(scope.folderId)}::uuid`];
    case 'below':
      return among(`f.path @> ARRAY[${parameters.add(scope.folderId)}::uuid]`);
    case 'sharedWith':
      return among(`f.path && ${sharedFolders(parameters.add(scope.userId))}`);
    case 'everywhere':
      return [];
  }
}

/**
 * The places where items of the filter are: `folder_id`, `type` and `items_count`. The indexes of items begin with
 * folder and type, so that each place is read in the order of the list.
 */
export function placesOf(filter: ItemFilter, parameters: Parameters): string {
  const where = whereAll([
    'c.items_count > 0',
    ...scopeConditions('c', filter, parameters),
    ...hasExpiring('c', filter.expiry, parameters),
  ]);
  return `SELECT c.folder_id, c.type, c.items_count FROM folder_item_counts c ${where}`;
}

/** Folders without an item of the range are left out unread. */
function hasExpiring(alias: string, expiry: ExpiryFilter | null, parameters: Parameters): string[] {
  if (expiry === null) return [];
  if (expiry === 'never')
    return [`${itemsOf('folder_item_counts', alias)} > ${itemsOf('folder_expiry_blocks', alias)}`];
  const where = whereAll([`e.folder_id = ${alias}.folder_id`, ...countedConditions('e', expiry, parameters)]);
  return [`EXISTS (SELECT 1 FROM folder_expiry_blocks e ${where})`];
}

const itemsOf = (table: string, alias: string): string =>
  `(SELECT coalesce(sum(n.items_count), 0) FROM ${table} n WHERE n.folder_id = ${alias}.folder_id)`;

/** Minutes in which something of the range may die; `never` has none. */
export function countedConditions(alias: string, expiry: CountedExpiry, parameters: Parameters): string[] {
  if (expiry === 'unknown') return [`${alias}.items_count > 0`, `${alias}.expired_by = 'infinity'`];
  const { after, before } = expiry;
  return [
    `${alias}.items_count > 0`,
    `${alias}.expired_by < 'infinity'`,
    ...(after ? [`${alias}.expired_by >= ${parameters.add(after)}::timestamptz`] : []),
    ...(before ? [`${alias}.expired_by < ${parameters.add(before)}::timestamptz + interval '1 minute'`] : []),
  ];
}

/** Conditions for `alias.expires_at` and `alias.expiry_certainty`. */
export function expiryConditions(
  alias: string,
  expiry: ExpiryFilter | null,
  parameters: Parameters,
): string[] {
  if (expiry === null) return [];
  if (expiry === 'unknown') return [`${alias}.expires_at IS NULL`, `${alias}.expiry_certainty IS NOT NULL`];
  if (expiry === 'never') return [`${alias}.expires_at IS NULL`, `${alias}.expiry_certainty IS NULL`];
  const { after, before } = expiry;
  return [
    `${alias}.expires_at IS NOT NULL`,
    ...(after ? [`${alias}.expires_at >= ${parameters.add(after)}::timestamptz`] : []),
    ...(before ? [`${alias}.expires_at < ${parameters.add(before)}::timestamptz`] : []),
  ];
}

/** Conditions for `alias.id`. */
export function datasetConditions(alias: string, isInDataset: boolean | null | undefined): string[] {
  if (isInDataset == null) return [];
  const exists = `EXISTS (SELECT 1 FROM dataset_items di WHERE di.item_id = ${alias}.id)`;
  return [isInDataset ? exists : `NOT ${exists}`];
}

/** The blocks of neighbouring ids that have items of the filter's expiry: `folder_id` and `block`. */
export function expiryBlocks({ scope }: ItemFilter, expiry: CountedExpiry, parameters: Parameters): string {
  const where = whereAll([
    ...folderConditions('e.folder_id', scope, parameters),
    ...countedConditions('e', expiry, parameters),
  ]);
  return `SELECT e.folder_id, e.block FROM folder_expiry_blocks e ${where}`;
}

/** How many there are, some of them counted several times; counted no further than to `most`. */
export async function countExpiryBlocks(
  db: Executor,
  filter: ItemFilter,
  expiry: CountedExpiry,
  most: number,
): Promise<number> {
  const parameters = new Parameters();
  const blocks = expiryBlocks(filter, expiry, parameters);
  const text = `SELECT count(*) AS blocks FROM (${blocks} LIMIT ${parameters.add(most)}) e`;
  const [row] = await db.query<{ blocks: number }>({
    name: 'items.countExpiryBlocks',
    text,
    values: parameters.values,
  });
  return row?.blocks ?? 0;
}

/**
 * How the items `i` of a place are read in the order of the list, from the index that begins with folder and type.
 * With an equality of the type the planner would drop it from the order, and then might walk through the index of all
 * ids; this order only the one index can serve. The far bound is of the type alone: PostgreSQL 15 to 17 read on to the
 * end of the folder behind a bound of several columns.
 */
export function readInOrder(
  { orderBy, desc, after }: Keyset,
  parameters: Parameters,
): (place: string) => string {
  const [behind, before, direction] = desc ? ['<', '>', ' DESC'] : ['>', '<', ''];
  const columns = orderBy === 'name' ? ['name', 'id'] : ['id'];
  const position =
    after && columns.map((column) => parameters.add(column === 'name' ? after.name : after.id));
  const all = ['i.type', ...columns.map((column) => `i.${column}`)];
  return (place) => {
    const start = position
      ? `(${all.join(', ')}) ${behind} (${place}.type, ${position.join(', ')})`
      : `i.type ${behind}= ${place}.type`;
    const order = all.map((column) => `${column}${direction}`).join(', ');
    return `WHERE i.folder_id = ${place}.folder_id AND ${start} AND i.type ${before}= ${place}.type ORDER BY ${order}`;
  };
}

/** Joins the wide rows `i` of the keys in `page`, with their owners `u`. */
export const joinItems = `JOIN items i ON i.folder_id = page.folder_id AND i.type = page.type AND i.id = page.id
    JOIN users u ON u.id = i.created_by`;
