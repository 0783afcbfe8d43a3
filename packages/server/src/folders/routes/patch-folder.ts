import { patchFolder } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { changeFolders, getFolderFor } from '../service.js';

export const patchFolderHandler = defineHandler(patchFolder, async (context, { caller, params, body }) => {
  await changeFolders(context, caller, { [params.folderUuid]: body });
  return getFolderFor(context, caller, params.folderUuid);
});
