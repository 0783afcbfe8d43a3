import type { Cloud, ProviderBlock, Values } from './cloud-settings.js';

export type Argument = readonly [name: string, value: string | boolean | readonly string[]];

/** The text of the root module's `main.tf`, as `terraform fmt` would write it. */
export function rootModule(cloud: Cloud, values: Values, extra: readonly Argument[]): string {
  const provider = cloud.provider(values);
  return [
    terraformBlock(provider),
    block(`provider "${provider.name}"`, provider.lines),
    moduleBlock(cloud, [...values, ...extra]),
    ...cloud.outputs.map((name) => block(`output "${name}"`, [`value = module.unsigned_access.${name}`])),
  ].join('\n');
}

function terraformBlock({ name, source, version }: ProviderBlock): string {
  return `terraform {
  required_version = ">= 1.9"

  # The state says who may read, and on Google Cloud it holds a key: keep it in an encrypted bucket that few may read.
  # backend "s3" {}

  required_providers {
    ${name} = {
      source  = "${source}"
      version = "${version}"
    }
  }
}
`;
}

const block = (head: string, lines: readonly string[]): string =>
  `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

function moduleBlock(cloud: Cloud, given: readonly Argument[]): string {
  const longest = Math.max(...given.map(([name]) => name.length));
  const source = `source = "./modules/${cloud.module}"`;
  return block(
    'module "unsigned_access"',
    [source, ''].concat(given.map(([name, value]) => `${name.padEnd(longest)} = ${toHcl(value)}`)),
  ).replace(/^ +$/gm, '');
}

/** A text of HCL is one of JSON, but for the two that begin a template. */
function toHcl(value: Argument[1]): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&');
  return `[${value.map(toHcl).join(', ')}]`;
}
