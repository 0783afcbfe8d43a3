import { searchItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { searchItemsFor } from '../list-items.js';

export const searchItemsHandler = defineHandler(searchItems, (context, { caller, query }) =>
  searchItemsFor(context, caller, query),
);
