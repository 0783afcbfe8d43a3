import { getSimpleMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import { defineHandler } from '../../http/handler.js';
import { readSimpleMetadataSchema } from '../service.js';

export const getSimpleMetadataSchemaHandler = defineHandler(getSimpleMetadataSchema, ({ db }) =>
  readSimpleMetadataSchema(db),
);
