import type { Handler } from '../http/handler.js';
import { createFolderHandler } from './routes/create-folder.js';
import { deleteFolderHandler } from './routes/delete-folder.js';
import { getFolderHandler } from './routes/get-folder.js';
import { getFolderSummaryHandler } from './routes/get-folder-summary.js';
import { listSubfoldersHandler } from './routes/list-subfolders.js';
import { listTopLevelFoldersHandler } from './routes/list-top-level-folders.js';
import { moveFoldersHandler } from './routes/move-folders.js';
import { patchFolderHandler } from './routes/patch-folder.js';
import { patchFoldersBulkHandler } from './routes/patch-folders-bulk.js';
import { searchFoldersHandler } from './routes/search-folders.js';

export const folderHandlers: readonly Handler[] = [
  listTopLevelFoldersHandler,
  searchFoldersHandler,
  createFolderHandler,
  getFolderHandler,
  patchFolderHandler,
  patchFoldersBulkHandler,
  moveFoldersHandler,
  deleteFolderHandler,
  listSubfoldersHandler,
  getFolderSummaryHandler,
];
