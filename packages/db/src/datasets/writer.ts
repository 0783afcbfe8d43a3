import type { Executor } from '../engine/executor.js';

export interface NewDataset {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly createdBy: string;
}

export async function insertDataset(db: Executor, dataset: NewDataset): Promise<void> {
  const { id, title, description, createdBy } = dataset;
  await db.query({
    name: 'datasets.insert',
    text: 'INSERT INTO datasets (id, title, description, created_by) VALUES ($1, $2, $3, $4)',
    values: [id, title, description, createdBy],
  });
}

/** Null stays as it is. False: there is no such dataset. */
export async function updateDataset(
  db: Executor,
  id: string,
  change: { readonly title: string | null; readonly description: string | null },
): Promise<boolean> {
  const text = `UPDATE datasets SET title = coalesce($2, title), description = coalesce($3, description), updated_at = now()
    WHERE id = $1 RETURNING id`;
  const values = [id, change.title, change.description];
  return (await db.query({ name: 'datasets.update', text, values })).length === 1;
}

/** Keeps the dataset from being deleted until the end of the transaction. False: there is none. */
export async function lockDataset(db: Executor, id: string): Promise<boolean> {
  const text = 'SELECT id FROM datasets WHERE id = $1 FOR NO KEY UPDATE';
  return (await db.query({ name: 'datasets.lock', text, values: [id] })).length === 1;
}

/** Its items stay where they are. False: there is no such dataset. */
export async function deleteDataset(db: Executor, id: string): Promise<boolean> {
  const text = 'DELETE FROM datasets WHERE id = $1 RETURNING id';
  return (await db.query({ name: 'datasets.delete', text, values: [id] })).length === 1;
}

/** The ids that are items; `isNew`: it was not in the dataset. */
export async function insertDatasetItems(
  db: Executor,
  datasetId: string,
  itemIds: readonly string[],
): Promise<{ id: string; isNew: boolean }[]> {
  const text = `WITH found AS (SELECT i.id FROM items i WHERE i.id = ANY ($2::uuid[]) ORDER BY i.id FOR KEY SHARE),
    added AS (INSERT INTO dataset_items (dataset_id, item_id) SELECT $1, id FROM found
      ON CONFLICT (dataset_id, item_id) DO NOTHING RETURNING item_id)
    SELECT f.id, a.item_id IS NOT NULL AS "isNew" FROM found f LEFT JOIN added a ON a.item_id = f.id`;
  return db.query({ name: 'datasetItems.insert', text, values: [datasetId, itemIds] });
}

/** The items that were in it. */
export async function deleteDatasetItems(
  db: Executor,
  datasetId: string,
  itemIds: readonly string[],
): Promise<string[]> {
  const text =
    'DELETE FROM dataset_items WHERE dataset_id = $1 AND item_id = ANY ($2::uuid[]) RETURNING item_id';
  const rows = await db.query<{ item_id: string }>({
    name: 'datasetItems.delete',
    text,
    values: [datasetId, itemIds],
  });
  return rows.map(({ item_id }) => item_id);
}
