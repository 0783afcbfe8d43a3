import { moveFolders } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { moveFoldersFor } from '../move-folders.js';

export const moveFoldersHandler = defineHandler(moveFolders, async (context, { caller, body }) => {
  await moveFoldersFor(context, caller, body.folderUuids, body.newParentUuid ?? null);
  return undefined;
});
