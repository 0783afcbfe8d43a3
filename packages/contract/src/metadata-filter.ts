import { limits } from './limits.js';
import { valueTypeOf } from './metadata-check.js';
import type { MetadataKeyType, MetadataValueType } from './schemas/metadata-schema.js';

/** How lists compare the values of a key; `presence`: only whether there is one. */
export type MetadataComparison = 'number' | 'moment' | 'text' | 'uuid' | 'boolean' | 'presence';

const comparisons: Readonly<Record<MetadataValueType, MetadataComparison>> = {
  number: 'number',
  boolean: 'boolean',
  varchar: 'text',
  text: 'text',
  datetime: 'moment',
  uuid: 'uuid',
  enum: 'text',
  embedding: 'presence',
  geospatial: 'presence',
  user: 'text',
};

/** Null for a deleted key, by which no list is narrowed. */
export function comparisonOf(type: MetadataKeyType): MetadataComparison | null {
  const valueType = valueTypeOf(type);
  return valueType && comparisons[valueType];
}

export const metadataOperators = ['=', 'in', '>=', '>', '<=', '<', 'exists'] as const;
export type MetadataOperator = (typeof metadataOperators)[number];

export type MetadataScalar = string | number | boolean;

/** `weather = "rain"`, `score >= 0.5`, `weather in ["rain", "snow"]`, `weather exists`. */
export interface MetadataCondition {
  readonly key: string;
  readonly operator: MetadataOperator;
  /** One but for `in`; none for `exists`. */
  readonly values: readonly MetadataScalar[];
}

export const operatorsOf = (comparison: MetadataComparison): readonly MetadataOperator[] => {
  if (comparison === 'presence') return ['exists'];
  if (comparison === 'boolean') return ['=', 'exists'];
  return comparison === 'number' || comparison === 'moment' ? metadataOperators : ['=', 'in', 'exists'];
};

const plainKey = /^[\p{L}\p{N}_.-]+$/u;
const form =
  /^\s*("(?:[^"\\]|\\.)*"|[\p{L}\p{N}_.-]+)\s*(?:(exists)|(in)\b\s*(\[.*\])|(=|>=|>|<=|<)\s*(.+?))\s*$/su;

export const metadataConditionForm =
  'Write KEY = VALUE, KEY >= VALUE (or >, <=, <), KEY in [VALUE, ...] or KEY exists; values are JSON, and so is a key with spaces: weather = "rain".';

/** Null for what has not this form. */
export function parseMetadataCondition(text: string): MetadataCondition | null {
  const [, keyText, exists, isIn, list, operator, value] = form.exec(text) ?? [];
  if (keyText === undefined) return null;
  const key = keyText.startsWith('"') ? parseJson(keyText) : keyText;
  if (typeof key !== 'string') return null;
  if (exists) return { key, operator: 'exists', values: [] };
  const given = parseJson((isIn ? list : value) ?? '');
  const values = isIn ? given : [given];
  if (!Array.isArray(values) || values.length === 0 || values.length > limits.enumValues) return null;
  if (!values.every(isScalar)) return null;
  return { key, operator: isIn ? 'in' : (operator as MetadataOperator), values };
}

export function writeMetadataCondition({ key, operator, values }: MetadataCondition): string {
  const name = plainKey.test(key) ? key : JSON.stringify(key);
  if (operator === 'exists') return `${name} exists`;
  return `${name} ${operator} ${JSON.stringify(operator === 'in' ? values : values[0])}`;
}

const isScalar = (value: unknown): value is MetadataScalar =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
