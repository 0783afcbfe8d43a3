import { getChildItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';

/** The items of this version have no members. */
export const getChildItemsHandler = defineHandler(getChildItems, async () => ({
  results: [],
  nextPageToken: null,
}));
