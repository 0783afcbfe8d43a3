import { countMatchingItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { countMatchingFor } from '../matching/count.js';

export const countMatchingItemsHandler = defineHandler(countMatchingItems, (context, { params, query }) =>
  countMatchingFor(context, params.folderUuid, query),
);
