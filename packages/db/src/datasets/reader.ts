import type { Executor } from '../engine/executor.js';
import type { Role } from '../integrations/reader.js';
import { type ItemFilter, scopeConditions } from '../items/places.js';
import { type ItemRow, itemColumns } from '../items/reader.js';
import { Parameters, whereAll } from '../paging/keyset.js';

export interface DatasetRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly items_count: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  /** The highest of the user; null: none. */
  readonly role: Role | null;
}

/** Columns of `DatasetRow`; `$1` is the user. */
const columns = `d.id, d.title, d.description, d.items_count, d.created_at, d.updated_at,
    (SELECT min(a.role) FROM dataset_access a WHERE a.dataset_id = d.id AND a.user_id = $1) AS role`;

/** Bounds leave out what is equal to them. `titleLike` and `descriptionLike` are patterns of SQL. */
export interface DatasetFilter {
  readonly titleEq: string | null;
  readonly titleLike: string | null;
  readonly descriptionEq: string | null;
  readonly descriptionLike: string | null;
  readonly createdBefore: Date | null;
  readonly createdAfter: Date | null;
  readonly editedBefore: Date | null;
  readonly editedAfter: Date | null;
}

/** The datasets of a user, or with `all` of everybody, the newest first. */
export async function listDatasets(
  db: Executor,
  userId: string,
  all: boolean,
  filter: DatasetFilter,
): Promise<DatasetRow[]> {
  const text = `SELECT ${columns} FROM datasets d
    WHERE ($2 OR d.id IN (SELECT a.dataset_id FROM dataset_access a WHERE a.user_id = $1))
      AND ($3::text IS NULL OR d.title = $3) AND ($4::text IS NULL OR d.title COLLATE "default" ILIKE $4 ESCAPE '')
      AND ($5::text IS NULL OR d.description = $5) AND ($6::text IS NULL OR d.description ILIKE $6 ESCAPE '')
      AND ($7::timestamptz IS NULL OR d.created_at < $7) AND ($8::timestamptz IS NULL OR d.created_at > $8)
      AND ($9::timestamptz IS NULL OR d.updated_at < $9) AND ($10::timestamptz IS NULL OR d.updated_at > $10)
    ORDER BY d.id DESC`;
  const { titleEq, titleLike, descriptionEq, descriptionLike, ...moments } = filter;
  const { createdBefore, createdAfter, editedBefore, editedAfter } = moments;
  const texts = [titleEq, titleLike, descriptionEq, descriptionLike];
  return db.query<DatasetRow>({
    name: 'datasets.list',
    text,
    values: [userId, all, ...texts, createdBefore, createdAfter, editedBefore, editedAfter],
  });
}

export async function getDataset(db: Executor, id: string, userId: string): Promise<DatasetRow | null> {
  const text = `SELECT ${columns} FROM datasets d WHERE d.id = $2`;
  const rows = await db.query<DatasetRow>({ name: 'datasets.get', text, values: [userId, id] });
  return rows[0] ?? null;
}

/** Items of a dataset in the scope, by id. */
export async function listDatasetItems(
  db: Executor,
  datasetId: string,
  filter: Pick<ItemFilter, 'scope' | 'withSecrets'>,
  page: { readonly afterId: string | null; readonly limit: number },
): Promise<ItemRow[]> {
  const parameters = new Parameters();
  const where = whereAll([
    `d.dataset_id = ${parameters.add(datasetId)}`,
    ...(page.afterId === null ? [] : [`d.item_id > ${parameters.add(page.afterId)}`]),
    ...scopeConditions('i', { ...filter, types: null }, parameters),
  ]);
  const text = `SELECT ${itemColumns(filter.withSecrets)} FROM dataset_items d JOIN items i ON i.id = d.item_id
    JOIN users u ON u.id = i.created_by ${where} ORDER BY d.item_id LIMIT ${parameters.add(page.limit)}`;
  return db.query<ItemRow>({ name: 'datasetItems.list', text, values: parameters.values });
}

export interface DatasetUseRow {
  readonly dataset_id: string;
  readonly title: string;
  readonly data_unit_id: string;
  readonly created_at: Date;
  /** The user is a member of it. */
  readonly is_member: boolean;
}

/** The datasets that an item is in, those of other users as well. */
export async function listDatasetsOfItem(
  db: Executor,
  itemId: string,
  userId: string,
): Promise<DatasetUseRow[]> {
  const text = `SELECT d.id AS dataset_id, d.title, di.data_unit_id, di.created_at,
      EXISTS (SELECT 1 FROM dataset_access a WHERE a.dataset_id = d.id AND a.user_id = $2) AS is_member
    FROM dataset_items di JOIN datasets d ON d.id = di.dataset_id WHERE di.item_id = $1 ORDER BY d.title, d.id`;
  return db.query<DatasetUseRow>({ name: 'datasetItems.ofItem', text, values: [itemId, userId] });
}
