import type { Executor } from '../engine/executor.js';
import { type Keyset, keysetOrder, Parameters } from '../paging/keyset.js';
import { type ItemFilter, joinItems, placesOf, readInOrder } from './places.js';
import { type ItemRow, itemColumns } from './reader.js';
import { searchItems } from './search.js';

export type { ExpiryFilter, ExpiryRange, ItemFilter, ItemScope } from './places.js';

/** One page; the caller has checked that the scope is open to the user. */
export async function listItems(db: Executor, filter: ItemFilter, keyset: Keyset): Promise<ItemRow[]> {
  const { search, expiry, isInDataset, metadata = [] } = filter;
  const isWhole = search === null && expiry === null && isInDataset == null && metadata.length === 0;
  return isWhole ? listAll(db, filter, keyset) : searchItems(db, filter, keyset);
}

/**
 * The page is merged from a page of each place. Only places whose first items are the first of all can be in it, so
 * the cost follows the number of places by one look into the index, and does not follow the number of items.
 */
async function listAll(db: Executor, filter: ItemFilter, keyset: Keyset): Promise<ItemRow[]> {
  const parameters = new Parameters();
  const places = placesOf(filter, parameters);
  const inOrder = readInOrder(keyset, parameters);
  const limit = parameters.add(keyset.limit);
  const firstOf = (place: string, rows: string) =>
    `(SELECT i.folder_id, i.type, i.id, i.name FROM items i ${inOrder(place)} LIMIT ${rows})`;
  const text = `WITH heads AS (
      SELECT head.* FROM (${places}) place CROSS JOIN LATERAL ${firstOf('place', '1')} head
      ${keysetOrder('head', keyset)} LIMIT ${limit}),
    page AS (
      SELECT found.* FROM heads CROSS JOIN LATERAL ${firstOf('heads', limit)} found
      ${keysetOrder('found', keyset)} LIMIT ${limit})
    SELECT ${itemColumns(filter.withSecrets)} FROM page ${joinItems} ${keysetOrder('page', keyset)}`;
  return db.query<ItemRow>({ name: 'items.list', text, values: parameters.values });
}
