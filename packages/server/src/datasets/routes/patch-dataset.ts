import { patchDataset } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { changeDataset } from '../service.js';

export const patchDatasetHandler = defineHandler(patchDataset, (context, { caller, params, body }) =>
  changeDataset(context, caller, params.datasetUuid, body),
);
