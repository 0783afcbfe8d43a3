import { getItemSummary } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';

/** This version has neither groups nor datasets that could use an item. */
export const getItemSummaryHandler = defineHandler(getItemSummary, async () => ({
  frameInGroups: 0,
  accessibleGroupItems: [],
  usedInDatasets: 0,
  accessibleDatasets: [],
  groupLayout: null,
}));
