import { getChildItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { getChildItemsFor } from '../service.js';

/** All members at once: the official client asks for no further page. */
export const getChildItemsHandler = defineHandler(
  getChildItems,
  async (context, { caller, params, query }) => ({
    results: await getChildItemsFor(context, caller, params.itemUuid, query.signUrls ?? false),
    nextPageToken: null,
  }),
);
