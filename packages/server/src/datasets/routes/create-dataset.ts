import { createDataset } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { createDatasetFor } from '../service.js';

export const createDatasetHandler = defineHandler(createDataset, async (context, { caller, body }) => ({
  datasetUuid: await createDatasetFor(context, caller, body),
  backingFolderUuid: null,
}));
