import type { Handler } from '../http/handler.js';
import { addDatasetItemsHandler } from './routes/add-dataset-items.js';
import { addMatchingToDatasetHandler } from './routes/add-matching-to-dataset.js';
import { createDatasetHandler } from './routes/create-dataset.js';
import { deleteDatasetHandler } from './routes/delete-dataset.js';
import { getDatasetHandler } from './routes/get-dataset.js';
import { listDatasetItemsHandler } from './routes/list-dataset-items.js';
import { listDatasetsHandler } from './routes/list-datasets.js';
import { patchDatasetHandler } from './routes/patch-dataset.js';
import { removeDatasetItemsHandler } from './routes/remove-dataset-items.js';
import { removeMatchingFromDatasetHandler } from './routes/remove-matching-from-dataset.js';

export const datasetHandlers: readonly Handler[] = [
  createDatasetHandler,
  listDatasetsHandler,
  getDatasetHandler,
  patchDatasetHandler,
  deleteDatasetHandler,
  listDatasetItemsHandler,
  addDatasetItemsHandler,
  removeDatasetItemsHandler,
  addMatchingToDatasetHandler,
  removeMatchingFromDatasetHandler,
];
