import { defineRoute } from '../route.js';
import { Nullable } from '../schemas/common.js';
import { DatedMetadataSchema, MetadataSchema, SimpleMetadataSchema } from '../schemas/metadata-schema.js';
import { prefix } from './params.js';

const tag = 'Metadata schema';
const base = `${prefix}/organisation/client-metadata-schema`;

export const getMetadataSchema = defineRoute({
  operationId: 'getMetadataSchema',
  method: 'GET',
  path: `${base}-v2`,
  tag,
  summary: 'The types of keys of client metadata; empty if there is no schema.',
  permission: 'user',
  schemas: { response: MetadataSchema },
});
export const setMetadataSchema = defineRoute({
  operationId: 'setMetadataSchema',
  method: 'POST',
  path: `${base}-v2`,
  tag,
  summary:
    'Take the place of the whole metadata schema. Items stay as they are; what is registered or edited from now on has to fit.',
  permission: 'organisation:admin',
  schemas: { body: MetadataSchema },
  errors: ['invalid_metadata_schema'],
});
export const getSimpleMetadataSchema = defineRoute({
  operationId: 'getSimpleMetadataSchema',
  method: 'GET',
  path: base,
  tag,
  summary: 'The metadata schema in its older form, one word a key; null if there is none.',
  permission: 'user',
  schemas: { response: Nullable(DatedMetadataSchema) },
});
export const setSimpleMetadataSchema = defineRoute({
  operationId: 'setSimpleMetadataSchema',
  method: 'POST',
  path: base,
  tag,
  summary:
    'Take the place of the whole metadata schema, given in its older form; a key that keeps its word keeps its type.',
  permission: 'organisation:admin',
  schemas: { body: SimpleMetadataSchema },
  errors: ['invalid_metadata_schema'],
});
