import { getItem } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { getItemFor } from '../service.js';

export const getItemHandler = defineHandler(getItem, (context, { caller, params, query }) =>
  getItemFor(context, caller, params.itemUuid, query.signUrl ?? false),
);
