import { valueTypeOf } from '@latchkey/contract/metadata-check';
import type { MetadataKeyType, MetadataValueType } from '@latchkey/contract/schemas/metadata-schema';

export const typeNames: Readonly<Record<MetadataValueType, string>> = {
  varchar: 'Short text',
  text: 'Long text',
  number: 'Number',
  boolean: 'True or false',
  datetime: 'Date and time',
  uuid: 'UUID',
  enum: 'One of a list',
  embedding: 'Embedding',
  geospatial: 'Place',
  user: 'User',
};

/** The type of a key, of a deleted one the type that it had. Null: it was deleted for good. */
export const liveTypeOf = (type: MetadataKeyType): MetadataKeyType | null =>
  type.ty === 'tombstone' ? (type.deleted_ty ?? null) : type;

export function typeName(type: MetadataKeyType): string {
  const valueType = valueTypeOf(type);
  return valueType === null ? 'Deleted' : typeNames[valueType];
}

/** What the type says beyond its name. */
export function typeDetails({ values, size, max_length }: MetadataKeyType): string {
  if (values) return values.join(', ');
  if (size !== undefined) return `${size} numbers`;
  return max_length === undefined ? '' : `at most ${max_length} characters`;
}
