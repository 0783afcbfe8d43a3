import { editMatchingMetadata } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { editMatchingMetadataFor } from '../matching/edit-metadata.js';

export const editMatchingMetadataHandler = defineHandler(
  editMatchingMetadata,
  (context, { caller, params, body }) => editMatchingMetadataFor(context, caller, params.folderUuid, body),
);
