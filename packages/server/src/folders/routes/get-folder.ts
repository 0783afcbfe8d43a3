import { getFolder } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { getFolderFor } from '../service.js';

export const getFolderHandler = defineHandler(getFolder, (context, { caller, params }) =>
  getFolderFor(context, caller, params.folderUuid),
);
