import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import type { AddedDatasetItems, ListDatasetItemsQuery } from '@latchkey/contract/schemas/dataset';
import type { DatasetUse, Item, ItemSummary } from '@latchkey/contract/schemas/item';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { listDatasetItems, listDatasetsOfItem } from '@latchkey/db/datasets/reader';
import { deleteDatasetItems, insertDatasetItems, lockDataset } from '@latchkey/db/datasets/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveItems, notFound } from '../access/authorise-many.js';
import { openScope } from '../access/open-scope.js';
import type { AppContext, Caller } from '../context.js';
import { fromIdToken, toIdPage } from '../http/id-page.js';
import type { Page } from '../http/page-token.js';
import { toUuid } from '../http/stored-text.js';
import { toItems } from '../items/service.js';

/** A dataset opens no item: only those are listed whose folder is open to the caller. */
export async function listDatasetItemsFor(
  context: AppContext,
  caller: Caller,
  datasetUuid: string,
  query: ListDatasetItemsQuery,
): Promise<Page<Item>> {
  const datasetId = toUuid(datasetUuid, 'datasetUuid');
  const list = `datasetItems-${datasetId}`;
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const withSecrets = query.signUrls ?? false;
  const afterId = fromIdToken(list, query.pageToken);
  const filter = { scope: openScope(caller), withSecrets };
  const rows = await listDatasetItems(context.db, datasetId, filter, { afterId, limit: pageSize + 1 });
  const { page, nextPageToken } = toIdPage(list, rows, pageSize, ({ id }) => id);
  return { results: await toItems(context, caller, page, withSecrets), nextPageToken };
}

export async function addItemsToDataset(
  { db }: AppContext,
  caller: Caller,
  datasetUuid: string,
  itemUuids: readonly string[],
): Promise<AddedDatasetItems> {
  const datasetId = toUuid(datasetUuid, 'datasetUuid');
  const ids = distinctIds(itemUuids);
  return db.transaction(async (tx) => {
    await mustLock(tx, datasetId);
    await mustHaveItems(tx, caller, ids, 'viewer');
    const found = await insertDatasetItems(tx, datasetId, ids);
    // The member of a group or series goes with its item.
    const foundIds = new Set(found.map(({ id }) => id));
    const missing = ids.find((id) => !foundIds.has(id));
    if (missing !== undefined) throw notFound('item_not_found', missing);
    const added = found.filter(({ isNew }) => isNew).map(({ id }) => id);
    await record(tx, caller, 'dataset.add-items', datasetId, added);
    return { addedCount: added.length, presentCount: ids.length - added.length };
  });
}

/** Whoever administers the dataset takes out any item, also one that he may not see any more. */
export async function removeItemsFromDataset(
  { db }: AppContext,
  caller: Caller,
  datasetUuid: string,
  itemUuids: readonly string[],
): Promise<number> {
  const datasetId = toUuid(datasetUuid, 'datasetUuid');
  return db.transaction(async (tx) => {
    await mustLock(tx, datasetId);
    const removed = await deleteDatasetItems(tx, datasetId, distinctIds(itemUuids));
    await record(tx, caller, 'dataset.remove-items', datasetId, removed);
    return removed.length;
  });
}

/** How many datasets an item is in, and which of them the caller may open. */
export async function datasetsOf(
  { db }: AppContext,
  caller: Caller,
  itemUuid: string,
): Promise<Pick<ItemSummary, 'usedInDatasets' | 'accessibleDatasets'>> {
  const uses = await listDatasetsOfItem(db, toUuid(itemUuid, 'itemUuid'), caller.userId);
  const accessible = uses.filter(({ is_member }) => is_member || caller.isOrganisationAdmin);
  return {
    usedInDatasets: uses.length,
    accessibleDatasets: accessible.map(
      ({ dataset_id, title, data_unit_id, created_at }): DatasetUse => ({
        datasetHash: dataset_id,
        backingFolderUuid: null,
        title,
        dataHashes: [data_unit_id],
        dataUnitsCreatedAt: created_at.toISOString(),
      }),
    ),
  };
}

const distinctIds = (uuids: readonly string[]): string[] => [
  ...new Set(uuids.map((uuid) => toUuid(uuid, 'itemUuids'))),
];

async function mustLock(tx: Executor, datasetId: string): Promise<void> {
  if (!(await lockDataset(tx, datasetId))) throw new LatchkeyError('dataset_not_found');
}

async function record(
  tx: Executor,
  { userId }: Caller,
  action: string,
  subjectId: string,
  itemUuids: readonly string[],
): Promise<void> {
  if (itemUuids.length === 0) return;
  await insertAuditEntries(tx, [
    { id: uuidv7(), userId, action, subjectType: 'dataset', subjectId, details: { itemUuids } },
  ]);
}
