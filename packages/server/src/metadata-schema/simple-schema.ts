import { valueTypeOf } from '@latchkey/contract/metadata-check';
import type {
  MetadataKeyType,
  MetadataSchema,
  MetadataValueType,
  SimpleMetadataSchema,
  SimpleMetadataType,
} from '@latchkey/contract/schemas/metadata-schema';
import { refuse } from './check-schema.js';

const words: Readonly<Record<MetadataValueType, SimpleMetadataType>> = {
  number: 'number',
  boolean: 'boolean',
  varchar: 'string',
  text: 'long_string',
  datetime: 'datetime',
  uuid: 'string',
  enum: 'enum',
  embedding: 'embedding',
  geospatial: 'geospatial',
  user: 'string',
};

const scalars: Partial<Readonly<Record<SimpleMetadataType, MetadataKeyType>>> = {
  number: { ty: 'variant', hint: 'number' },
  string: { ty: 'variant', hint: 'varchar' },
  boolean: { ty: 'variant', hint: 'boolean' },
  datetime: { ty: 'variant', hint: 'datetime' },
  long_string: { ty: 'variant', hint: 'text' },
  geospatial: { ty: 'geospatial' },
};

/** Deleted keys are left out. */
export function toSimpleSchema(schema: MetadataSchema): SimpleMetadataSchema {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, type]) => {
      const valueType = valueTypeOf(type);
      return valueType === null ? [] : [[key, words[valueType]]];
    }),
  );
}

/** Throws `invalid_metadata_schema` for a type that this form cannot describe, unless the key has it already. */
export function fromSimpleSchema(given: SimpleMetadataSchema, current: MetadataSchema): MetadataSchema {
  const before = toSimpleSchema(current);
  return Object.fromEntries(
    Object.entries(given).map(([key, word]) => {
      const type = before[key] === word ? current[key] : scalars[word];
      if (!type)
        refuse(
          key,
          `is to be of the type "${word}", which this form of the schema cannot describe. Use client-metadata-schema-v2 (metadata_schema() in the Python client).`,
        );
      return [key, type];
    }),
  );
}
