import { LatchkeyError } from '@latchkey/contract/errors';
import type { DatasetMatching, DatasetMatchingStep } from '@latchkey/contract/schemas/matching';
import { deleteDatasetItems, insertDatasetItems, lockDataset } from '@latchkey/db/datasets/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { mustHaveFolders } from '../access/authorise-many.js';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { toUuid } from '../http/stored-text.js';
import { readMatching } from '../items/matching/read-matching.js';

type Action = 'dataset.add-items' | 'dataset.remove-items';

/** The caller administers the dataset; that he may see the items is checked here. */
export function addMatchingTo(
  context: AppContext,
  caller: Caller,
  datasetUuid: string,
  body: DatasetMatching,
): Promise<DatasetMatchingStep> {
  return runStep(context, caller, datasetUuid, body, 'dataset.add-items', async (tx, datasetId, ids) => {
    const found = await insertDatasetItems(tx, datasetId, ids);
    return found.filter(({ isNew }) => isNew).map(({ id }) => id);
  });
}

/** As for adding. */
export function removeMatchingFrom(
  context: AppContext,
  caller: Caller,
  datasetUuid: string,
  body: DatasetMatching,
): Promise<DatasetMatchingStep> {
  return runStep(context, caller, datasetUuid, body, 'dataset.remove-items', deleteDatasetItems);
}

async function runStep(
  { db }: AppContext,
  caller: Caller,
  datasetUuid: string,
  body: DatasetMatching,
  action: Action,
  change: (tx: Executor, datasetId: string, ids: readonly string[]) => Promise<string[]>,
): Promise<DatasetMatchingStep> {
  const datasetId = toUuid(datasetUuid, 'datasetUuid');
  const folderId = toUuid(body.folderUuid, 'folderUuid');
  return db.transaction(async (tx) => {
    if (!(await lockDataset(tx, datasetId))) throw new LatchkeyError('dataset_not_found');
    await mustHaveFolders(tx, caller, [folderId], 'viewer');
    const request = { operation: action, folderId, body, change: datasetId };
    const { rows, nextPageToken } = await readMatching(tx, request);
    const itemUuids = await change(
      tx,
      datasetId,
      rows.map(({ id }) => id),
    );
    if (itemUuids.length > 0)
      await recordChange(
        tx,
        caller,
        action,
        { type: 'dataset', id: datasetId },
        { itemUuids, folderUuid: folderId, filter: body.filter },
      );
    return { itemsCount: rows.length, changedCount: itemUuids.length, nextPageToken };
  });
}
