import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { JsonObject, Nullable, OneOf, Timestamp, Uuid } from './common.js';

/** Types of values that a key of the metadata schema can ask for. */
export const metadataValueTypes = [
  'number',
  'boolean',
  'varchar',
  'text',
  'datetime',
  'uuid',
  'enum',
  'embedding',
  'geospatial',
  'user',
] as const;
export type MetadataValueType = (typeof metadataValueTypes)[number];

export const scalarHints = ['number', 'varchar', 'text', 'boolean', 'datetime', 'uuid'] as const;

const size = Type.Integer({ minimum: 1, maximum: limits.embeddingSize });
const values = Type.Array(Type.String({ minLength: 1, maxLength: limits.varcharLength }), {
  minItems: 1,
  maxItems: limits.enumValues,
});

const shared = {
  format: Type.Optional(OneOf(['F32', 'F64'])),
  max_length: Type.Optional(Type.Integer({ minimum: 0, maximum: limits.varcharLength })),
  timezone: Type.Optional(OneOf(['UTC'])),
  values: Type.Optional(values),
  size: Type.Optional(size),
  api: Type.Optional(Nullable(JsonObject)),
  hint: Type.Optional(OneOf(scalarHints)),
};

/** `variant` is a scalar whose type is its `hint`. Which of the other members a type has, the service checks. */
export const MetadataKeyType = Type.Object(
  {
    ty: OneOf([...metadataValueTypes, 'variant', 'tombstone']),
    ...shared,
    deleted_ty: Type.Optional(
      Nullable(
        Type.Object(
          { ty: OneOf([...metadataValueTypes, 'variant']), ...shared },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      'A tombstone is a deleted key: deleted_ty is what it was, by which it can be restored; without one it never can.',
  },
);
export type MetadataKeyType = Static<typeof MetadataKeyType>;

/** The types of keys of client metadata; values under other keys are free. */
export const MetadataSchema = Type.Record(Type.String(), MetadataKeyType, {
  maxProperties: limits.metadataSchemaKeys,
});
export type MetadataSchema = Static<typeof MetadataSchema>;

export const simpleMetadataTypes = [
  'number',
  'string',
  'boolean',
  'datetime',
  'geospatial',
  'enum',
  'embedding',
  'long_string',
] as const;
export type SimpleMetadataType = (typeof simpleMetadataTypes)[number];

/** The older form, which clients may still use: one word a key. */
export const SimpleMetadataSchema = Type.Record(Type.String(), OneOf(simpleMetadataTypes), {
  maxProperties: limits.metadataSchemaKeys,
});
export type SimpleMetadataSchema = Static<typeof SimpleMetadataSchema>;
export const DatedMetadataSchema = Type.Object({
  uuid: Uuid,
  metadataSchema: SimpleMetadataSchema,
  organisationId: Type.Integer(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type DatedMetadataSchema = Static<typeof DatedMetadataSchema>;
