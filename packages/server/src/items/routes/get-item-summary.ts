import { getItemSummary } from '@latchkey/contract/routes/items';
import { datasetsOf } from '../../datasets/items.js';
import { defineHandler } from '../../http/handler.js';
import { groupsOf } from '../groups.js';

export const getItemSummaryHandler = defineHandler(getItemSummary, async (context, { caller, params }) => ({
  ...(await groupsOf(context, caller, params.itemUuid)),
  ...(await datasetsOf(context, caller, params.itemUuid)),
  groupLayout: null,
}));
