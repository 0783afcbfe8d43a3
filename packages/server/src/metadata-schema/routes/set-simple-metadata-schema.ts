import { setSimpleMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import { defineHandler } from '../../http/handler.js';
import { changeSimpleMetadataSchema } from '../service.js';

export const setSimpleMetadataSchemaHandler = defineHandler(
  setSimpleMetadataSchema,
  async (context, { caller, body }) => {
    await changeSimpleMetadataSchema(context, caller, body);
    return undefined;
  },
);
