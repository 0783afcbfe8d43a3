import { patchFoldersBulk } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { changeFolders, getFoldersFor } from '../service.js';

export const patchFoldersBulkHandler = defineHandler(patchFoldersBulk, async (context, { caller, body }) => {
  const ids = await changeFolders(context, caller, body.folderPatches);
  return { results: await getFoldersFor(context, caller, ids), nextPageToken: null };
});
