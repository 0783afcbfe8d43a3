import type { Executor } from '../engine/executor.js';
import { Parameters } from '../paging/keyset.js';
import { type ItemFilter, placesOf } from './places.js';

/** How many items there are in all; read from the counters alone. */
export async function countAllItems(db: Executor): Promise<number> {
  const text = 'SELECT coalesce(sum(items_count), 0)::bigint AS items_count FROM folder_item_counts';
  return (await db.query<{ items_count: number }>({ name: 'items.countAll', text }))[0]?.items_count ?? 0;
}

/** How many items there are in the places of a filter without search and expiry; read from the counters alone. */
export async function countItemsIn(db: Executor, filter: ItemFilter): Promise<number> {
  const parameters = new Parameters();
  const text = `SELECT coalesce(sum(p.items_count), 0)::bigint AS items_count FROM (${placesOf(filter, parameters)}) p`;
  const [row] = await db.query<{ items_count: number }>({
    name: 'items.countIn',
    text,
    values: parameters.values,
  });
  return row?.items_count ?? 0;
}
