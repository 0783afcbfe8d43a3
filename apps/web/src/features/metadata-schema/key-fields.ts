import { clientMetadataProblem } from '@latchkey/contract/client-metadata';
import { limits } from '@latchkey/contract/limits';
import { valueTypeOf } from '@latchkey/contract/metadata-check';
import type {
  MetadataKeyType,
  MetadataSchema,
  MetadataValueType,
} from '@latchkey/contract/schemas/metadata-schema';

/** What the dialog has of a key. */
export interface KeyFields {
  readonly key: string;
  readonly valueType: MetadataValueType;
  readonly values: readonly string[];
  readonly size: number;
}

export const newKey: KeyFields = { key: '', valueType: 'varchar', values: [], size: 512 };

export function fieldsOf(key: string, type: MetadataKeyType): KeyFields {
  return {
    key,
    valueType: valueTypeOf(type) ?? 'varchar',
    values: type.values ?? [],
    size: type.size ?? newKey.size,
  };
}

/** Scalars are written as the official client does it. A key that keeps its type keeps what else that says. */
export function typeOf({ valueType, values, size }: KeyFields, before?: MetadataKeyType): MetadataKeyType {
  const kept = before && valueTypeOf(before) === valueType ? before : null;
  switch (valueType) {
    case 'enum':
      return { ty: 'enum', values: [...values] };
    case 'embedding':
      return { ...kept, ty: 'embedding', size };
    case 'geospatial':
    case 'user':
      return { ty: valueType };
    default:
      return kept ?? { ty: 'variant', hint: valueType };
  }
}

/** Why a new key cannot be added, or null. */
export function keyProblem(key: string, schema: MetadataSchema): string | null {
  if (key === '') return null;
  if (key === '$encord') return 'This key is reserved.';
  if (Object.hasOwn(schema, key)) return 'The schema has this key already.';
  return clientMetadataProblem({ [key]: null });
}

export function isComplete({ key, valueType, values, size }: KeyFields): boolean {
  if (key === '') return false;
  if (valueType === 'enum') return values.length > 0;
  if (valueType === 'embedding') return Number.isInteger(size) && size >= 1 && size <= limits.embeddingSize;
  return true;
}
