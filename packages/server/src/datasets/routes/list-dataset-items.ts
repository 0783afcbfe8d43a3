import { listDatasetItems } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { listDatasetItemsFor } from '../items.js';

export const listDatasetItemsHandler = defineHandler(listDatasetItems, (context, { caller, params, query }) =>
  listDatasetItemsFor(context, caller, params.datasetUuid, query),
);
