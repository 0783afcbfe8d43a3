import { getItemsBulk } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { getItemsBulkFor } from '../service.js';

export const getItemsBulkHandler = defineHandler(getItemsBulk, async (context, { caller, body }) => ({
  results: await getItemsBulkFor(context, caller, body.itemUuids, body.signUrls ?? false),
  nextPageToken: null,
}));
