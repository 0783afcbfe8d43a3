import { addDatasetItems } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { addItemsToDataset } from '../items.js';

export const addDatasetItemsHandler = defineHandler(addDatasetItems, (context, { caller, params, body }) =>
  addItemsToDataset(context, caller, params.datasetUuid, body.itemUuids),
);
