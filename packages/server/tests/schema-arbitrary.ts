import fc from 'fast-check';

/** A JSON Schema as the OpenAPI document has it, as far as values are made of it. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

/** Any text: also what can't be stored, is no character, or has a meaning to a path, a query or a database. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom('', '\0', '\ud800', '__proto__', '%', '../..', "' OR 1=1 --", '1e999', 'a'.repeat(5000)),
);

const anyNumber = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -0, -1, 0.5, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, 5e-324),
);

/** JSON of any shape, with the keys that name what every object has. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  anyText,
  anyNumber,
  fc.constantFrom('{"__proto__": {"isAdmin": true}}', '{"constructor": {"prototype": 1}}').map(parsed),
);

function parsed(text: string): unknown {
  return JSON.parse(text);
}

/** Values that mostly fit the schema. `uuids` are those of objects, some of which the caller may not see. */
export function valuesOf(schema: Schema, uuids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 14, arbitrary: fitting(schema, uuids) }, { weight: 1, arbitrary: anyJson });
}

function fitting(schema: Schema, uuids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valuesOf(one, uuids)));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'string':
      return textOf(schema, uuids);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, uuids), { minLength: schema.minItems ?? 0, maxLength: 4 });
    case 'object':
      return objectOf(schema, uuids);
    default:
      return anyJson;
  }
}

function numberOf({ minimum = -1000, maximum = 1000 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: minimum, max: Math.max(minimum, maximum) }), anyNumber);
}

function textOf(schema: Schema, uuids: readonly string[]): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema;
  if (format === 'uuid')
    return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...uuids) }, fc.uuid(), anyText);
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.oneof(
    fc.string({
      minLength: Math.min(minLength, 40),
      maxLength: Math.max(minLength, Math.min(maxLength, 40)),
    }),
    fc.constantFrom('someone@example.com', 'https://files.example.com/a.jpg?X-Amz-Signature=1', ...uuids),
    anyText,
  );
}

function objectOf(schema: Schema, uuids: readonly string[]): fc.Arbitrary<unknown> {
  const { properties = {}, patternProperties = {}, required = [] } = schema;
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, own]) => [name, valuesOf(own, uuids)])),
    { requiredKeys: [...required] },
  );
  const key = fc.oneof(fc.constantFrom(...uuids), anyText);
  const others = Object.values(patternProperties).map((own) =>
    fc.dictionary(key, valuesOf(own, uuids), { maxKeys: 3 }),
  );
  return fc.tuple(named, ...others).map((parts) => Object.assign({}, ...parts) as unknown);
}
