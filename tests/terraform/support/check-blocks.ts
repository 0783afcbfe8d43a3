import { type Attribute, type Block, findBlock, type ProviderSchema } from './provider-schema.js';
import type { Body, Module } from './read-module.js';

const metaArguments = new Set(['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'dynamic']);

/** What a resource or data source says that its provider does not know, and what it lacks. */
export function checkBlocks(module: Module, schemas: readonly ProviderSchema[]): string[] {
  return module.blocks.flatMap(({ kind, type, name, body }) => {
    const schema = findBlock(schemas, kind, type);
    const place = `${kind === 'dataSources' ? 'data.' : ''}${type}.${name}`;
    return schema ? checkBody(body, schema, place) : [`${place}: unknown type`];
  });
}

function checkBody(body: Body, schema: Block, place: string): string[] {
  const dynamic = (body['dynamic'] ?? {}) as Record<string, Body[]>;
  const present = Object.entries(body).filter(([name]) => !metaArguments.has(name));
  return [
    ...present.flatMap(([name, value]) => checkEntry(name, value, schema, place)),
    ...Object.entries(dynamic).flatMap(([name, bodies]) => checkDynamic(name, bodies, schema, place)),
    ...missing(new Set([...Object.keys(body), ...Object.keys(dynamic)]), schema, place),
  ];
}

function checkEntry(name: string, value: unknown, schema: Block, place: string): string[] {
  const nested = schema.block_types[name];
  if (nested)
    return isBlocks(value) ? checkNested(name, value, schema, place) : [`${place}.${name}: is a block`];
  const attribute = schema.attributes[name];
  if (!attribute) return [`${place}: no argument or block "${name}"`];
  if (!attribute.required && !attribute.optional) return [`${place}.${name}: is set by the provider`];
  return checkValue(attribute, value, `${place}.${name}`);
}

function checkNested(name: string, bodies: readonly Body[], schema: Block, place: string): string[] {
  const nested = schema.block_types[name];
  if (!nested) return [`${place}: no block "${name}"`];
  const tooMany =
    nested.max_items !== undefined && bodies.length > nested.max_items
      ? [`${place}.${name}: ${bodies.length} blocks, at most ${nested.max_items}`]
      : [];
  return [
    ...tooMany,
    ...bodies.flatMap((body, index) => checkBody(body, nested.block, `${place}.${name}[${index}]`)),
  ];
}

function checkDynamic(name: string, bodies: readonly Body[], schema: Block, place: string): string[] {
  const contents = bodies.flatMap((body) => (isBlocks(body['content']) ? body['content'] : []));
  return checkNested(name, contents, schema, `${place}.dynamic`);
}

function missing(present: ReadonlySet<string>, schema: Block, place: string): string[] {
  const required = [
    ...Object.entries(schema.attributes).filter(([, attribute]) => attribute.required),
    ...Object.entries(schema.block_types).filter(([, nested]) => (nested.min_items ?? 0) > 0),
  ];
  return required.filter(([name]) => !present.has(name)).map(([name]) => `${place}: lacks "${name}"`);
}

function checkValue({ type }: Attribute, value: unknown, place: string): string[] {
  if (value === null || (typeof value === 'string' && value.includes('${'))) return [];
  const expected = Array.isArray(type) ? type[0] : type;
  return matches(String(expected), value)
    ? []
    : [`${place}: ${expected} expected, not ${JSON.stringify(value)}`];
}

/** As Terraform converts: numbers and booleans may be given as text, and text as numbers. */
function matches(type: string, value: unknown): boolean {
  if (type === 'list' || type === 'set') return Array.isArray(value);
  if (type === 'map') return typeof value === 'object' && !Array.isArray(value);
  if (type === 'number')
    return typeof value === 'number' || (typeof value === 'string' && Number.isFinite(Number(value)));
  if (type === 'bool') return typeof value === 'boolean' || value === 'true' || value === 'false';
  return type === 'dynamic' || typeof value !== 'object';
}

const isBlocks = (value: unknown): value is Body[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((entry) => typeof entry === 'object' && entry !== null);
