import { listItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { toUuid } from '../../http/stored-text.js';
import { listItemsFor } from '../list-items.js';

export const listItemsHandler = defineHandler(listItems, (context, { caller, params, query }) => {
  const folderId = toUuid(params.folderUuid, 'folderUuid');
  return listItemsFor(context, caller, { kind: query.isRecursive ? 'below' : 'folder', folderId }, query);
});
