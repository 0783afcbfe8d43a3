import { moveMatchingItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { moveMatchingFor } from '../matching/move-and-delete.js';

export const moveMatchingItemsHandler = defineHandler(
  moveMatchingItems,
  (context, { caller, params, body }) => moveMatchingFor(context, caller, params.folderUuid, body),
);
