import type { Handler } from '../http/handler.js';
import { getMetadataSchemaHandler } from './routes/get-metadata-schema.js';
import { getSimpleMetadataSchemaHandler } from './routes/get-simple-metadata-schema.js';
import { setMetadataSchemaHandler } from './routes/set-metadata-schema.js';
import { setSimpleMetadataSchemaHandler } from './routes/set-simple-metadata-schema.js';

export const metadataSchemaHandlers: readonly Handler[] = [
  getMetadataSchemaHandler,
  setMetadataSchemaHandler,
  getSimpleMetadataSchemaHandler,
  setSimpleMetadataSchemaHandler,
];
