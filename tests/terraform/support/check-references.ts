import { findBlock, type ProviderSchema } from './provider-schema.js';
import type { Module, ResourceBlock } from './read-module.js';

/** References to what is not there, and variables and locals that nothing uses. */
export function checkReferences(module: Module, schemas: readonly ProviderSchema[]): string[] {
  return [
    ...checkNames('var', Object.keys(module.variables), module),
    ...checkNames('local', Object.keys(module.locals), module),
    ...checkResources(module, schemas),
    ...undescribed(module),
  ];
}

function checkNames(prefix: 'var' | 'local', defined: readonly string[], module: Module): string[] {
  const named = namesIn(module.text, prefix);
  const used = namesIn(module.usingText, prefix);
  return [
    ...[...named].filter((name) => !defined.includes(name)).map((name) => `${prefix}.${name} is not there`),
    ...defined.filter((name) => !used.has(name)).map((name) => `${prefix}.${name} is not used`),
  ];
}

const namesIn = (text: string, prefix: string): Set<string> =>
  new Set([...text.matchAll(new RegExp(`\\b${prefix}\\.(\\w+)`, 'g'))].map(([, name]) => name ?? ''));

function checkResources(module: Module, schemas: readonly ProviderSchema[]): string[] {
  const providers = schemas.map(({ address }) => address.slice(address.lastIndexOf('/') + 1)).join('|');
  const reference = new RegExp(
    `(\\bdata\\.)?\\b((?:${providers})_\\w+)\\.(\\w+)(?:\\[[^\\]]*\\])?(?:\\.(\\w+))?`,
    'g',
  );
  const problems = [...module.text.matchAll(reference)].flatMap(([text, data, type, name, attribute]) => {
    const kind: ResourceBlock['kind'] = data ? 'dataSources' : 'resources';
    const isDefined = module.blocks.some(
      (block) => block.kind === kind && block.type === type && block.name === name,
    );
    if (!isDefined) return [`${text} is not there`];
    const block = findBlock(schemas, kind, type ?? '');
    const isKnown =
      attribute === undefined || !block || attribute in block.attributes || attribute in block.block_types;
    return isKnown ? [] : [`${text}: ${type} has no "${attribute}"`];
  });
  return [...new Set(problems)];
}

function undescribed({ variables, outputs }: Module): string[] {
  const described = { ...prefixed('variable', variables), ...prefixed('output', outputs) };
  return Object.entries(described)
    .filter(([, body]) => typeof body['description'] !== 'string')
    .map(([name]) => `${name} has no description`);
}

const prefixed = (kind: string, bodies: Module['variables']) =>
  Object.fromEntries(Object.entries(bodies).map(([name, body]) => [`${kind} ${name}`, body]));
