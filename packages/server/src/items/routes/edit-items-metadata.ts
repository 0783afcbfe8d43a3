import { editItemsMetadata } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { editItemsMetadataFor } from '../edit-metadata.js';

export const editItemsMetadataHandler = defineHandler(editItemsMetadata, (context, { caller, body }) =>
  editItemsMetadataFor(context, caller, body),
);
