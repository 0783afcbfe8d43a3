import { metadataCheck } from '@latchkey/contract/metadata-check';
import {
  comparisonOf,
  type MetadataCondition,
  type MetadataOperator,
  type MetadataScalar,
  operatorsOf,
} from '@latchkey/contract/metadata-filter';
import type { MetadataKeyType } from '@latchkey/contract/schemas/metadata-schema';

export const operatorNames: Readonly<Record<MetadataOperator, string>> = {
  '=': 'is',
  in: 'is one of',
  '>=': 'is at least',
  '>': 'is more than',
  '<=': 'is at most',
  '<': 'is less than',
  exists: 'has a value',
};

export const operatorsFor = (type: MetadataKeyType): readonly MetadataOperator[] =>
  operatorsOf(comparisonOf(type) ?? 'presence');

/** The condition of what was typed, or why it is none; null: nothing is typed yet. */
export function conditionOf(
  key: string,
  type: MetadataKeyType,
  operator: MetadataOperator,
  typed: readonly string[],
): MetadataCondition | { readonly problem: string } | null {
  if (operator === 'exists') return { key, operator, values: [] };
  const given = typed.map((text) => text.trim()).filter((text) => text !== '');
  if (given.length === 0) return null;
  const values = given.map((text) => toValue(type, text));
  const check = metadataCheck({ [key]: type });
  const problem = values.map((value) => check?.({ [key]: value })).find((found) => found != null);
  return problem ? { problem: problem.message } : { key, operator, values };
}

function toValue(type: MetadataKeyType, text: string): MetadataScalar {
  const comparison = comparisonOf(type);
  if (comparison === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  return comparison === 'boolean' ? text === 'true' : text;
}

/** `weather is one of rain, snow`. */
export function conditionText({ key, operator, values }: MetadataCondition): string {
  return [key, operatorNames[operator], values.join(', ')].join(' ').trim();
}
