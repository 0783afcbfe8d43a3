import { deleteFolder } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { toUuid } from '../../http/stored-text.js';
import { deleteFolderFor } from '../delete-folders.js';

export const deleteFolderHandler = defineHandler(deleteFolder, async (context, { caller, params, query }) => {
  await deleteFolderFor(context, caller, toUuid(params.folderUuid, 'folderUuid'), query.recursive ?? false);
  return undefined;
});
