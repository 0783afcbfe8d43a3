import { createFolder } from '@latchkey/contract/routes/folders';
import { defineHandler } from '../../http/handler.js';
import { createFolderFor } from '../service.js';

export const createFolderHandler = defineHandler(createFolder, (context, { caller, body }) =>
  createFolderFor(context, caller, body),
);
