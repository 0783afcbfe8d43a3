import { deleteItems } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { deleteChildrenFor } from '../delete-children.js';

export const deleteItemsHandler = defineHandler(deleteItems, (context, { caller, params, body }) =>
  deleteChildrenFor(context, caller, params.folderUuid, body.childUuids),
);
