import { addMatchingToDataset } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { addMatchingTo } from '../matching.js';

export const addMatchingToDatasetHandler = defineHandler(
  addMatchingToDataset,
  (context, { caller, params, body }) => addMatchingTo(context, caller, params.datasetUuid, body),
);
