import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { TObject } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { canonicalKey } from './element-keys.js';
import { isObject, showJsonType, UnitRefusal } from './unit.js';

interface FieldSchema {
  readonly type?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface MediaFormat {
  readonly key: string;
  readonly fieldNames: readonly string[];
  readonly spellings: ReadonlyMap<string, string>;
  readonly schemas: Readonly<Record<string, FieldSchema>>;
  readonly validator: Validator;
}

/** Finds a field that is spelled in another way, and says what to do with one that is not known or given twice. */
export interface FieldNotes {
  unknown(key: string): void;
  duplicate(key: string, field: string): void;
}

const formats = new Map<UnitKind, MediaFormat | null>();

/** Null for a kind without media metadata. Compiled at the first use. */
export function mediaFormat(kind: UnitKind): MediaFormat | null {
  const known = formats.get(kind);
  if (known !== undefined) return known;
  const metadata = unitKinds[kind].metadata;
  const format = metadata === null ? null : compileFormat(metadata.key, metadata.schema);
  formats.set(kind, format);
  return format;
}

function compileFormat(key: string, schema: TObject): MediaFormat {
  const fieldNames = Object.keys(schema.properties);
  return {
    key,
    fieldNames,
    spellings: new Map(fieldNames.map((name) => [canonicalKey(name), name])),
    schemas: schema.properties as Record<string, FieldSchema>,
    validator: Compile(schema),
  };
}

/** The object with the field names of the contract. Throws `UnitRefusal`. */
export function readMediaMetadata(format: MediaFormat, value: unknown, notes: FieldNotes): MediaMetadata {
  if (!isObject(value))
    throw new UnitRefusal({
      code: 'unit_wrong_type',
      message: `"${format.key}" must be an object; found ${showJsonType(value)}.`,
      field: format.key,
    });
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const name = key in format.schemas ? key : format.spellings.get(canonicalKey(key));
    if (name === undefined || !Object.hasOwn(format.schemas, name)) notes.unknown(key);
    else if (fields[name] === undefined || fields[name] === null) fields[name] = value[key];
    else notes.duplicate(key, name);
  }
  if (!format.validator.Check(fields)) throw refusal(format, fields);
  return fields as MediaMetadata;
}

function refusal(format: MediaFormat, fields: Record<string, unknown>): UnitRefusal {
  const missing = format.fieldNames.filter((name) => fields[name] === undefined || fields[name] === null);
  const [firstMissing] = missing;
  if (firstMissing !== undefined)
    return new UnitRefusal({
      code: 'media_metadata_incomplete',
      message: `"${format.key}" lacks ${missing.map((name) => `"${name}"`).join(', ')}.`,
      hint: `Give all of ${format.fieldNames.join(', ')}, or leave "${format.key}" out.`,
      field: `${format.key}.${firstMissing}`,
    });
  for (const name of format.fieldNames) {
    const schema = format.schemas[name];
    const problem = schema && fieldProblem(schema, fields[name]);
    if (problem) return invalid(format, name, `must be ${describe(schema)}; found ${problem}`);
  }
  return new UnitRefusal({
    code: 'media_metadata_invalid',
    message: `"${format.key}" is not valid.`,
    field: format.key,
  });
}

function invalid(format: MediaFormat, name: string, problem: string): UnitRefusal {
  return new UnitRefusal({
    code: 'media_metadata_invalid',
    message: `"${name}" in "${format.key}" ${problem}.`,
    field: `${format.key}.${name}`,
  });
}

function stringProblem(schema: FieldSchema, value: unknown): string | null {
  if (typeof value !== 'string') return showJsonType(value);
  if (value.length < (schema.minLength ?? 0)) return 'an empty string';
  return value.length > (schema.maxLength ?? Infinity) ? `${value.length} characters` : null;
}

/** What was found instead; null if the value fits. */
function fieldProblem(schema: FieldSchema, value: unknown): string | null {
  if (schema.type === 'string') return stringProblem(schema, value);
  if (typeof value === 'string')
    return Number.isNaN(Number(value)) || value.trim() === ''
      ? 'a string'
      : 'a string: write the number without quotes';
  if (typeof value !== 'number') return showJsonType(value);
  if (schema.type === 'integer' && !Number.isInteger(value)) return String(value);
  const isInRange =
    value >= (schema.minimum ?? -Infinity) &&
    value > (schema.exclusiveMinimum ?? -Infinity) &&
    value <= (schema.maximum ?? Infinity) &&
    Number.isFinite(value);
  return isInRange ? null : String(value);
}

function describe(schema: FieldSchema): string {
  if (schema.type === 'string') return `a string of 1 to ${schema.maxLength} characters`;
  const noun = schema.type === 'integer' ? 'a whole number' : 'a number';
  if (schema.exclusiveMinimum !== undefined) return `${noun} above ${schema.exclusiveMinimum}`;
  return `${noun} from ${schema.minimum ?? 0}${schema.maximum === undefined ? '' : ` to ${schema.maximum}`}`;
}
