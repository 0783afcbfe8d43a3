import { removeMatchingFromDataset } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { removeMatchingFrom } from '../matching.js';

export const removeMatchingFromDatasetHandler = defineHandler(
  removeMatchingFromDataset,
  (context, { caller, params, body }) => removeMatchingFrom(context, caller, params.datasetUuid, body),
);
