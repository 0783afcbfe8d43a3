import { patchItemsBulk } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { changeItems, getItemsFor } from '../service.js';

export const patchItemsBulkHandler = defineHandler(patchItemsBulk, async (context, { caller, body }) => {
  const ids = await changeItems(context, caller, body.itemPatches);
  return { results: await getItemsFor(context, caller, ids, false), nextPageToken: null };
});
