import { defineRoute } from '../route.js';
import {
  AddedDatasetItems,
  CreateDataset,
  CreatedDataset,
  Dataset,
  DatasetItems,
  DatasetList,
  ListDatasetItemsQuery,
  ListDatasetsQuery,
  PatchDataset,
  RemovedDatasetItems,
} from '../schemas/dataset.js';
import { ItemPage } from '../schemas/item.js';
import { DatasetMatching, DatasetMatchingStep } from '../schemas/matching.js';
import { DatasetParams, prefix } from './params.js';

const tag = 'Datasets';
const base = `${prefix}/datasets`;

export const createDataset = defineRoute({
  operationId: 'createDataset',
  method: 'POST',
  path: base,
  tag,
  summary: 'Create an empty dataset; whoever creates it administers it.',
  permission: 'user',
  schemas: { body: CreateDataset, response: CreatedDataset },
});
export const listDatasets = defineRoute({
  operationId: 'listDatasets',
  method: 'GET',
  path: `${base}/list`,
  tag,
  summary:
    'Datasets of the user, the newest first; all of them for organisation admins with includeOrgAccess.',
  permission: 'user',
  schemas: { query: ListDatasetsQuery, response: DatasetList },
});
export const getDataset = defineRoute({
  operationId: 'getDataset',
  method: 'GET',
  path: `${base}/{datasetUuid}`,
  tag,
  summary: 'One dataset.',
  permission: 'dataset:user',
  schemas: { params: DatasetParams, response: Dataset },
  errors: ['dataset_not_found'],
});
export const patchDataset = defineRoute({
  operationId: 'patchDataset',
  method: 'PATCH',
  path: `${base}/{datasetUuid}`,
  tag,
  summary: 'Change title or description.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: PatchDataset, response: Dataset },
  errors: ['dataset_not_found'],
});
export const deleteDataset = defineRoute({
  operationId: 'deleteDataset',
  method: 'DELETE',
  path: `${base}/{datasetUuid}`,
  tag,
  summary: 'Delete the dataset; its items stay in their folders.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams },
  errors: ['dataset_not_found'],
});
export const listDatasetItems = defineRoute({
  operationId: 'listDatasetItems',
  method: 'GET',
  path: `${base}/{datasetUuid}/items`,
  tag,
  summary: 'Items of the dataset whose folders the user may see, the oldest first.',
  permission: 'dataset:user',
  schemas: { params: DatasetParams, query: ListDatasetItemsQuery, response: ItemPage },
  errors: ['dataset_not_found', 'invalid_page_token'],
});
export const addDatasetItems = defineRoute({
  operationId: 'addDatasetItems',
  method: 'POST',
  path: `${base}/{datasetUuid}/items`,
  tag,
  summary: 'Add items; those that are in the dataset stay as they are. All or nothing.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: DatasetItems, response: AddedDatasetItems },
  errors: ['dataset_not_found', 'item_not_found'],
});
export const removeDatasetItems = defineRoute({
  operationId: 'removeDatasetItems',
  method: 'POST',
  path: `${base}/{datasetUuid}/items/remove`,
  tag,
  summary: 'Take items out of the dataset; they stay in their folders.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: DatasetItems, response: RemovedDatasetItems },
  errors: ['dataset_not_found'],
});
export const addMatchingToDataset = defineRoute({
  operationId: 'addMatchingToDataset',
  method: 'POST',
  path: `${base}/{datasetUuid}/items/add-matching`,
  tag,
  summary:
    'Add the items that a filter finds in a folder, a bounded number a request: go on with nextPageToken.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: DatasetMatching, response: DatasetMatchingStep },
  errors: ['dataset_not_found', 'folder_not_found', 'invalid_page_token'],
});
export const removeMatchingFromDataset = defineRoute({
  operationId: 'removeMatchingFromDataset',
  method: 'POST',
  path: `${base}/{datasetUuid}/items/remove-matching`,
  tag,
  summary:
    'Take the items that a filter finds in a folder out of the dataset, a bounded number a request: go on with nextPageToken. They stay in their folders.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: DatasetMatching, response: DatasetMatchingStep },
  errors: ['dataset_not_found', 'folder_not_found', 'invalid_page_token'],
});
