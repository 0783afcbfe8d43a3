import { searchFolders } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { includesAll, listFoldersFor } from '../list-folders.js';

export const searchFoldersHandler = defineHandler(searchFolders, (context, { caller, query }) =>
  listFoldersFor(context, caller, { kind: 'anywhere', includeAll: includesAll(caller, query) }, query),
);
