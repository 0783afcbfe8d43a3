import { getItemHistory } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { itemHistoryOf } from '../history.js';

export const getItemHistoryHandler = defineHandler(getItemHistory, (context, { params, query }) =>
  itemHistoryOf(context, params.itemUuid, query),
);
