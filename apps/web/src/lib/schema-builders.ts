import type { TProperties, TSchema, TSchemaOptions } from 'typebox';

/**
 * Stands for typebox where the web app is built (`vite.config.ts`), so that the first load has the schemas of the API
 * without typebox's engine of types, a fifteenth of it: nothing is told by them in the browser but the shape of JSON.
 */
type Options = TSchemaOptions;
type Built = Readonly<Record<string, unknown>>;

const optional = new WeakSet<object>();

const ofType =
  (type: string) =>
  (options: Options = {}): Built => ({ type, ...options });

export const Type = {
  Boolean: ofType('boolean'),
  Integer: ofType('integer'),
  Null: ofType('null'),
  Number: ofType('number'),
  String: ofType('string'),
  Unknown: (options: Options = {}): Built => ({ ...options }),
  Unsafe: (schema: TSchema): TSchema => schema,
  Literal: (value: string | number | boolean, options: Options = {}): Built => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Array: (items: TSchema, options: Options = {}): Built => ({ type: 'array', items, ...options }),
  Union: (anyOf: readonly TSchema[], options: Options = {}): Built => ({ anyOf, ...options }),
  Record: (key: TSchema & { readonly pattern?: string }, value: TSchema, options: Options = {}): Built => ({
    type: 'object',
    patternProperties: { [key.pattern ?? '^.*$']: value },
    ...options,
  }),
  Optional: (schema: TSchema): TSchema => {
    const copy = { ...schema };
    optional.add(copy);
    return copy;
  },
  Object: (properties: TProperties, options: Options = {}): Built => {
    const required = Object.keys(properties).filter((key) => !optional.has(properties[key] as object));
    return { type: 'object', ...(required.length > 0 && { required }), properties, ...options };
  },
};
