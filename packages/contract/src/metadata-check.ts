import { limits } from './limits.js';
import type { MetadataKeyType, MetadataSchema, MetadataValueType } from './schemas/metadata-schema.js';

/** Null for a deleted key, whose values are free. */
export function valueTypeOf({ ty, hint }: MetadataKeyType): MetadataValueType | null {
  if (ty === 'tombstone') return null;
  return ty === 'variant' ? (hint ?? 'text') : ty;
}

export interface MetadataProblem {
  readonly key: string;
  /** What was given, what is allowed. */
  readonly message: string;
}

/** The first value that does not fit, or null. */
export type MetadataCheck = (metadata: Readonly<Record<string, unknown>>) => MetadataProblem | null;

/** Null if every metadata fits, so that nothing is spent on asking. */
export function metadataCheck(schema: MetadataSchema): MetadataCheck | null {
  const rules = new Map<string, Rule>();
  for (const [key, type] of Object.entries(schema)) {
    const rule = ruleOf(type);
    if (rule) rules.set(key, rule);
  }
  if (rules.size === 0) return null;
  return (metadata) => {
    for (const key of Object.keys(metadata)) {
      const value = metadata[key];
      const rule = rules.get(key);
      // Null is no value.
      if (rule === undefined || value === null || rule.fits(value)) continue;
      const message = `The key ${JSON.stringify(key)} of the client metadata is ${show(value)}; the metadata schema asks for ${rule.allowed}.`;
      return { key, message };
    }
    return null;
  };
}

/** What the metadata schema asks for under a key, as a phrase; null for a deleted key. */
export const allowedBy = (type: MetadataKeyType): string | null => ruleOf(type)?.allowed ?? null;

interface Rule {
  readonly fits: (value: unknown) => boolean;
  readonly allowed: string;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function ruleOf(type: MetadataKeyType): Rule | null {
  const valueType = valueTypeOf(type);
  switch (valueType) {
    case null:
      return null;
    case 'number':
      return { fits: isNumber, allowed: 'a number' };
    case 'boolean':
      return { fits: (value) => typeof value === 'boolean', allowed: 'true or false' };
    case 'varchar':
      return textRule(type.max_length ?? limits.varcharLength);
    case 'text':
      return { fits: isText, allowed: 'a text' };
    case 'user':
      return { fits: isText, allowed: 'the e-mail address of a user, as a text' };
    case 'datetime':
      return { fits: isMoment, allowed: 'a date or a moment in ISO 8601, such as "2026-03-01T12:00:00Z"' };
    case 'uuid':
      return { fits: (value) => isText(value) && uuidPattern.test(value), allowed: 'a UUID' };
    case 'enum':
      return enumRule(type.values ?? []);
    case 'embedding':
      return embeddingRule(type.size ?? 0);
    case 'geospatial':
      return { fits: isPlace, allowed: 'a place: an object, or a list of two or three numbers' };
  }
}

const textRule = (maxLength: number): Rule => ({
  fits: (value) => isText(value) && value.length <= maxLength,
  allowed: `a text of at most ${maxLength} characters`,
});

const embeddingRule = (size: number): Rule => ({
  fits: (value) => Array.isArray(value) && value.length === size && value.every(isNumber),
  allowed: `a list of ${size} numbers`,
});

const shownValues = 10;

function enumRule(values: readonly string[]): Rule {
  const known = new Set(values);
  const shown = values.slice(0, shownValues).map((value) => JSON.stringify(value));
  const more = values.length - shown.length;
  return {
    fits: (value) => isText(value) && known.has(value),
    allowed: `one of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  };
}

function isPlace(value: unknown): boolean {
  if (Array.isArray(value)) return (value.length === 2 || value.length === 3) && value.every(isNumber);
  return typeof value === 'object' && value !== null;
}

const momentPattern =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;

/** A day, or a moment of one; without an offset it is in UTC. */
function isMoment(value: unknown): boolean {
  const [, year, month, day] = (isText(value) && momentPattern.exec(value)) || [];
  if (year === undefined || year === '0000') return false;
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() >= Number(day);
}

const shownLength = 60;

function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
