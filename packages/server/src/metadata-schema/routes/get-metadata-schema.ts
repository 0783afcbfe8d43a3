import { getMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import { defineHandler } from '../../http/handler.js';
import { readMetadataSchema } from '../service.js';

export const getMetadataSchemaHandler = defineHandler(getMetadataSchema, ({ db }) => readMetadataSchema(db));
