import { getItemSummary } from '@latchkey/contract/routes/items';
import { datasetsOf } from '../../datasets/items.js';
import { defineHandler } from '../../http/handler.js';

/** This version does not say which groups use an item. */
export const getItemSummaryHandler = defineHandler(getItemSummary, async (context, { caller, params }) => ({
  frameInGroups: 0,
  accessibleGroupItems: [],
  ...(await datasetsOf(context, caller, params.itemUuid)),
  groupLayout: null,
}));
