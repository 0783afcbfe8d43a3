import type { Handler } from '../http/handler.js';
import { countMatchingItemsHandler } from './routes/count-matching-items.js';
import { createDataGroupsHandler } from './routes/create-data-groups.js';
import { deleteItemsHandler } from './routes/delete-items.js';
import { deleteMatchingItemsHandler } from './routes/delete-matching-items.js';
import { editItemsMetadataHandler } from './routes/edit-items-metadata.js';
import { editMatchingMetadataHandler } from './routes/edit-matching-metadata.js';
import { getChildItemsHandler } from './routes/get-child-items.js';
import { getItemHandler } from './routes/get-item.js';
import { getItemHistoryHandler } from './routes/get-item-history.js';
import { getItemSummaryHandler } from './routes/get-item-summary.js';
import { getItemsBulkHandler } from './routes/get-items-bulk.js';
import { listItemsHandler } from './routes/list-items.js';
import { migrateStorageHandler } from './routes/migrate-storage.js';
import { moveItemsHandler } from './routes/move-items.js';
import { moveMatchingItemsHandler } from './routes/move-matching-items.js';
import { patchItemHandler } from './routes/patch-item.js';
import { patchItemsBulkHandler } from './routes/patch-items-bulk.js';
import { searchItemsHandler } from './routes/search-items.js';

export const itemHandlers: readonly Handler[] = [
  listItemsHandler,
  searchItemsHandler,
  getItemHandler,
  getItemsBulkHandler,
  getChildItemsHandler,
  createDataGroupsHandler,
  patchItemHandler,
  patchItemsBulkHandler,
  editItemsMetadataHandler,
  getItemHistoryHandler,
  moveItemsHandler,
  migrateStorageHandler,
  deleteItemsHandler,
  countMatchingItemsHandler,
  deleteMatchingItemsHandler,
  moveMatchingItemsHandler,
  editMatchingMetadataHandler,
  getItemSummaryHandler,
];
