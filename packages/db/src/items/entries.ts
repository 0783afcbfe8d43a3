import type { Executor } from '../engine/executor.js';
import { Parameters, whereAll } from '../paging/keyset.js';
import { entryConditions, type MetadataPredicate } from './metadata-conditions.js';
import { type ItemFilter, placesOf } from './places.js';

/** The entries of a predicate in the places of the filter: `folder_id`, `block`, `ids`; each place by the key of the table. */
export function entriesOf(filter: ItemFilter, predicate: MetadataPredicate, parameters: Parameters): string {
  const places = placesOf(filter, parameters);
  const where = whereAll(['e.folder_id = place.folder_id', ...entryConditions('e', predicate, parameters)]);
  return `SELECT place.folder_id, entry.block, entry.ids FROM (SELECT DISTINCT p.folder_id FROM (${places}) p) place
    CROSS JOIN LATERAL (SELECT e.block, e.ids FROM item_metadata_entries e ${where} OFFSET 0) entry`;
}

/** How many items entries name, some of them twice; infinite where there are more than `most` entries. */
async function countEntered(
  db: Executor,
  filter: ItemFilter,
  predicate: MetadataPredicate,
  most: number,
): Promise<number> {
  const parameters = new Parameters();
  const entries = entriesOf(filter, predicate, parameters);
  const text = `SELECT count(*) AS entries, coalesce(sum(length(e.ids)), 0)::bigint AS items
    FROM (${entries} LIMIT ${parameters.add(most + 1)}) e`;
  const [row] = await db.query<{ entries: number; items: number }>({
    name: 'items.countEntered',
    text,
    values: parameters.values,
  });
  return row === undefined || row.entries > most ? Number.POSITIVE_INFINITY : row.items;
}

/** Of entries: 1 to 10 ms. */
const mostEntries = 20_000;

export interface RarestPredicate {
  readonly predicate: MetadataPredicate;
  /** As many may meet it. */
  readonly items: number;
}

/** The predicate of the fewest items; null where none can be looked up. */
export async function rarestPredicate(db: Executor, filter: ItemFilter): Promise<RarestPredicate | null> {
  let rarest: RarestPredicate | null = null;
  for (const predicate of filter.metadata ?? []) {
    if (!predicate.isEntered) continue;
    const items = await countEntered(db, filter, predicate, mostEntries);
    if (items < (rarest?.items ?? Number.POSITIVE_INFINITY)) rarest = { predicate, items };
    if (items === 0) break;
  }
  return rarest;
}
