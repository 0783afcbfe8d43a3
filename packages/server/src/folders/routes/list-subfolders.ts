import { listSubfolders } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { toUuid } from '../../http/stored-text.js';
import { listFoldersFor } from '../list-folders.js';

export const listSubfoldersHandler = defineHandler(listSubfolders, (context, { caller, params, query }) => {
  const folderId = toUuid(params.folderUuid, 'folderUuid');
  return listFoldersFor(context, caller, { kind: query.isRecursive ? 'below' : 'children', folderId }, query);
});
