import { patchItem } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { changeItems, getItemFor } from '../service.js';

export const patchItemHandler = defineHandler(patchItem, async (context, { caller, params, body }) => {
  await changeItems(context, caller, { [params.itemUuid]: body });
  return getItemFor(context, caller, params.itemUuid, false);
});
