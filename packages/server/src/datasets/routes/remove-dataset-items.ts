import { removeDatasetItems } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { removeItemsFromDataset } from '../items.js';

export const removeDatasetItemsHandler = defineHandler(
  removeDatasetItems,
  async (context, { caller, params, body }) => ({
    removedCount: await removeItemsFromDataset(context, caller, params.datasetUuid, body.itemUuids),
  }),
);
