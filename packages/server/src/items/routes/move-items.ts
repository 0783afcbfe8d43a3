import { moveItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { moveItemsFor } from '../service.js';

export const moveItemsHandler = defineHandler(moveItems, async (context, { caller, params, body }) => {
  await moveItemsFor(context, caller, params.folderUuid, body.itemUuids, body.newParentUuid);
  return undefined;
});
