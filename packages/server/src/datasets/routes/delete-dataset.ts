import { deleteDataset } from '@latchkey/contract/routes/datasets';
import { defineHandler } from '../../http/handler.js';
import { removeDataset } from '../service.js';

export const deleteDatasetHandler = defineHandler(deleteDataset, async (context, { caller, params }) => {
  await removeDataset(context, caller, params.datasetUuid);
  return undefined;
});
