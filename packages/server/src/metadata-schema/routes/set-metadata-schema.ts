import { setMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import { defineHandler } from '../../http/handler.js';
import { changeMetadataSchema } from '../service.js';

export const setMetadataSchemaHandler = defineHandler(
  setMetadataSchema,
  async (context, { caller, body }) => {
    await changeMetadataSchema(context, caller, body);
    return undefined;
  },
);
