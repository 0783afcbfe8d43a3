import { deleteMatchingItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { deleteMatchingFor } from '../matching/move-and-delete.js';

export const deleteMatchingItemsHandler = defineHandler(
  deleteMatchingItems,
  (context, { caller, params, body }) => deleteMatchingFor(context, caller, params.folderUuid, body),
);
