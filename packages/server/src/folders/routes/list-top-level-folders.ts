import { listTopLevelFolders } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { includesAll, listFoldersFor } from '../list-folders.js';

export const listTopLevelFoldersHandler = defineHandler(listTopLevelFolders, (context, { caller, query }) => {
  const kind = query.isRecursive ? 'anywhere' : 'topLevel';
  return listFoldersFor(context, caller, { kind, includeAll: includesAll(caller, query) }, query);
});
