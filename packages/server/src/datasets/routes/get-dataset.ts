import { getDataset } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { getDatasetFor } from '../service.js';

export const getDatasetHandler = defineHandler(getDataset, (context, { caller, params }) =>
  getDatasetFor(context, caller, params.datasetUuid),
);
