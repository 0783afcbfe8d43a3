import type { Executor } from '../engine/executor.js';
import {
  type Keyset,
  keysetConditions,
  keysetOrder,
  Parameters,
  searchConditions,
  whereAll,
} from '../paging/keyset.js';
import { entriesOf } from './entries.js';
import { type MetadataPredicate, metadataConditions } from './metadata-conditions.js';
import {
  type CountedExpiry,
  datasetConditions,
  expiryBlocks,
  expiryConditions,
  type ItemFilter,
  joinItems,
} from './places.js';
import { type ItemRow, itemColumns } from './reader.js';

/** All items that expire in a range, sorted; only the blocks that have some are read. */
export async function collectExpiring(
  db: Executor,
  filter: ItemFilter & { readonly expiry: CountedExpiry },
  keyset: Keyset,
): Promise<ItemRow[]> {
  return collect(
    db,
    filter,
    keyset,
    'items.collectExpiring',
    (parameters) =>
      `SELECT e.folder_id, (encode(e.block, 'hex') || '00')::uuid AS first_id, (encode(e.block, 'hex') || 'ff')::uuid AS last_id
      FROM (${expiryBlocks(filter, filter.expiry, parameters)}) e`,
  );
}

/** All items that the entries of a predicate name, sorted. */
export async function collectEntered(
  db: Executor,
  filter: ItemFilter,
  predicate: MetadataPredicate,
  keyset: Keyset,
): Promise<ItemRow[]> {
  return collect(
    db,
    filter,
    keyset,
    'items.collectEntered',
    (parameters) =>
      `SELECT n.folder_id, n.id AS first_id, n.id AS last_id FROM (
        SELECT e.folder_id, encode(e.block || substring(e.ids FROM at FOR 1), 'hex')::uuid AS id
        FROM (${entriesOf(filter, predicate, parameters)}) e CROSS JOIN LATERAL generate_series(1, length(e.ids)) at) n`,
  );
}

/** `ranges`: where the items are, as `folder_id`, `first_id`, `last_id`. */
async function collect(
  db: Executor,
  filter: ItemFilter,
  keyset: Keyset,
  name: string,
  ranges: (parameters: Parameters) => string,
): Promise<ItemRow[]> {
  const parameters = new Parameters();
  const within = ranges(parameters);
  // IS TRUE leaves the index of ids alone: the planner may else read the whole folder.
  const where = whereAll([
    'i.id BETWEEN r.first_id AND r.last_id',
    '(i.folder_id = r.folder_id) IS TRUE',
    ...(filter.types ? [`(i.type = ANY (${parameters.add(filter.types)}::text[])) IS TRUE`] : []),
    ...searchConditions('i', filter.search, parameters),
    ...expiryConditions('i', filter.expiry, parameters),
    ...datasetConditions('i', filter.isInDataset),
    ...metadataConditions('i', filter.metadata, parameters),
  ]);
  const behind = whereAll(keysetConditions('few', keyset, parameters));
  const text = `WITH ranges AS MATERIALIZED (SELECT DISTINCT w.folder_id, w.first_id, w.last_id FROM (${within}) w),
    few AS MATERIALIZED (
      SELECT found.* FROM ranges r CROSS JOIN LATERAL (
        SELECT i.folder_id, i.type, i.id, i.name FROM items i ${where} OFFSET 0) found),
    page AS (
      SELECT few.* FROM few ${behind} ${keysetOrder('few', keyset)} LIMIT ${parameters.add(keyset.limit)})
    SELECT ${itemColumns(filter.withSecrets)} FROM page ${joinItems} ${keysetOrder('page', keyset)}`;
  return db.query<ItemRow>({ name, text, values: parameters.values });
}
