// Writes terraform/schemas: of each provider the resources that the modules use, in the form of
// `terraform providers schema -json`, which needs the providers themselves. Their bindings for CDK list every
// argument, block and exported attribute, so those are read. Run it when a module uses another resource:
//   npm pack @cdktf/provider-google@16.12.1 @cdktn/provider-aws@25.7.0 @cdktn/provider-azurerm@16.1.0 \
//     @cdktf/provider-opentelekomcloud@12.0.16
//   node scripts/extract-provider-schemas.mjs DIRECTORY
// where DIRECTORY holds the packages unpacked, as google/, aws/, azurerm/ and opentelekomcloud/.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@cdktn/hcl2json';

const root = fileURLToPath(new URL('../terraform', import.meta.url));
const providers = {
  google: 'registry.terraform.io/hashicorp/google',
  aws: 'registry.terraform.io/hashicorp/aws',
  azurerm: 'registry.terraform.io/hashicorp/azurerm',
  opentelekomcloud: 'registry.terraform.io/opentelekomcloud/opentelekomcloud',
};

const camelOf = (name) => name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const snakeOf = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const ctyOf = { string: 'string', number: 'number', boolean: 'bool' };

/** The names of types that the modules use: { resource: Set, data: Set }. */
async function typesInUse() {
  const used = { resource: new Set(), data: new Set() };
  for (const file of readdirSync(root, { recursive: true })) {
    if (!file.endsWith('.tf')) continue;
    const parsed = await parse(file, readFileSync(join(root, file), 'utf8'));
    for (const kind of ['resource', 'data'])
      for (const type of Object.keys(parsed[kind] ?? {})) used[kind].add(type);
  }
  return used;
}

/** Properties of each interface: name -> { isOptional, isArray }. */
function interfacesOf(declarations) {
  const found = {};
  for (const [, name, body] of declarations.matchAll(
    /export interface (\w+)(?: extends [\w.]+)? \{([\s\S]*?)\n\}/g,
  )) {
    found[name] = {};
    for (const [, property, optional, type] of body.matchAll(/readonly (\w+)(\?)?: ([^;]+);/g))
      found[name][property] = { isOptional: optional === '?', isArray: /\[\]/.test(type) };
  }
  return found;
}

function typeOf(kind, storage) {
  const element = ctyOf[storage.replace(/(List|Map|Set)$/, '')] ?? 'dynamic';
  return kind === 'simple' ? element : [kind, element];
}

function blockOf(body, properties, functions, interfaces) {
  const block = { attributes: {}, block_types: {} };
  const entry =
    /^ {8,12}(\w+): \{\n\s+value: (.*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/gm;
  for (const [, name, value, isBlock, kind, storage] of body.matchAll(entry)) {
    const property = properties?.[camelOf(name)];
    const inner = value.match(/(\w+)(?=ToHclTerraform\b)/g)?.find((candidate) => functions[candidate]);
    if (isBlock === 'true' && inner) {
      const nested = blockOf(
        functions[inner],
        interfaces[inner[0].toUpperCase() + inner.slice(1)],
        functions,
        interfaces,
      );
      block.block_types[name] = {
        nesting_mode: name === 'timeouts' ? 'single' : kind === 'set' ? 'set' : 'list',
        block: nested,
        ...(property && !property.isOptional && { min_items: 1 }),
        ...(property && !property.isArray && name !== 'timeouts' && { max_items: 1 }),
      };
    } else {
      const isRequired = property !== undefined && !property.isOptional;
      block.attributes[name] = {
        type: typeOf(kind, storage),
        ...(isRequired ? { required: true } : { optional: true, computed: true }),
      };
    }
  }
  return block;
}

const typeOfGetter = {
  string: 'string',
  number: 'number',
  'cdktf.IResolvable': 'bool',
  'cdktn.IResolvable': 'bool',
};

/** Objects that the provider alone sets: the getters of the class of one. */
function objectsOf(listClass, declarations) {
  const name = listClass.replace(/List$/, 'OutputReference');
  const body = declarations.match(new RegExp(`export declare class ${name} [^{]*\\{([\\s\\S]*?)\\n\\}`))?.[1];
  if (body === undefined) return null;
  const getters = [...body.matchAll(/get (\w+)\(\): (\w+);/g)].filter(([, , type]) => typeOfGetter[type]);
  return [
    'object',
    Object.fromEntries(getters.map(([, getter, type]) => [snakeOf(getter), typeOfGetter[type]])),
  ];
}

/** The bindings leave out blocks that may contain themselves; of those this one is used. */
const recursiveBlocks = {
  aws_wafv2_web_acl: ({ block_types: { rule } }) => {
    const arn = { attributes: { arn: { type: 'string', required: true } }, block_types: {} };
    const one = (name, block) => ({ [name]: { nesting_mode: 'list', block, max_items: 1 } });
    const statement = { attributes: {}, block_types: one('ip_set_reference_statement', arn) };
    delete rule.block.attributes.statement;
    Object.assign(rule.block.block_types, one('statement', statement));
    rule.block.block_types.statement.min_items = 1;
  },
};

/** What the provider alone sets: getters of the resource that are no arguments. */
function addComputed(block, declarations) {
  const resource = declarations.slice(declarations.lastIndexOf('export declare class'));
  for (const [, getter, type] of resource.matchAll(/get (\w+)\(\): ([\w.]+(?:\[\])?);/g)) {
    const name = snakeOf(getter);
    if (getter.endsWith('Input') || block.attributes[name] || block.block_types[name]) continue;
    const isList = type.endsWith('[]');
    const element = typeOfGetter[isList ? type.slice(0, -2) : type];
    const objects = type.endsWith('List') ? objectsOf(type, declarations) : null;
    if (objects) block.attributes[name] = { type: ['list', objects], computed: true };
    if (element) block.attributes[name] = { type: isList ? ['list', element] : element, computed: true };
  }
}

function schemaOf(directory) {
  const code = readFileSync(join(directory, 'index.js'), 'utf8');
  const declarations = readFileSync(join(directory, 'index.d.ts'), 'utf8');
  const functions = {};
  for (const [, name, body] of code.matchAll(/function (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)\n\}\n/g))
    functions[name] = body;
  const interfaces = interfacesOf(declarations);
  const config = declarations.match(/export interface (\w+) extends cdkt[fn]\.TerraformMetaArguments/)[1];
  const top = code.slice(code.indexOf('synthesizeHclAttributes()'));
  const block = blockOf(top, interfaces[config], functions, interfaces);
  addComputed(block, declarations);
  const type = code.match(/tfResourceType = "(\w+)"/)[1];
  recursiveBlocks[type]?.(block);
  return { version: 0, block };
}

function directoryOf(packageDirectory, type, isData) {
  const name = type.replaceAll('_', '-');
  const candidates = isData ? [`data-${name}`] : [name.slice(name.indexOf('-') + 1), name];
  return candidates
    .map((candidate) => join(packageDirectory, 'lib', candidate))
    .find((directory) => existsSync(directory));
}

const sources = process.argv[2];
if (!sources) throw new Error('Give the directory of the unpacked packages.');
const used = await typesInUse();
for (const [provider, address] of Object.entries(providers)) {
  const packageDirectory = join(sources, provider);
  const schemas = { resource: {}, data: {} };
  let version;
  for (const kind of ['resource', 'data'])
    for (const type of [...used[kind]].filter((name) => name.startsWith(`${provider}_`)).sort()) {
      const directory = directoryOf(packageDirectory, type, kind === 'data');
      if (!directory) throw new Error(`${type} is in no directory of ${packageDirectory}.`);
      version ??= readFileSync(join(directory, 'index.js'), 'utf8').match(/providerVersion: '([^']+)'/)[1];
      schemas[kind][type] = schemaOf(directory);
    }
  if (version === undefined) continue;
  const text = JSON.stringify({
    format_version: '1.0',
    provider_version: version,
    provider_schemas: {
      [address]: { resource_schemas: schemas.resource, data_source_schemas: schemas.data },
    },
  });
  writeFileSync(join(root, 'schemas', `${provider}.json`), `${text}\n`);
}
