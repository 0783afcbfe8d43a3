import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The form of `terraform providers schema -json`, as far as it is read here. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly block_types: Readonly<Record<string, NestedBlock>>;
}

/** As cty writes it: a name, or a collection and what it holds. */
export type AttributeType = string | readonly [string, unknown];

export interface Attribute {
  readonly type: AttributeType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

export interface NestedBlock {
  readonly nesting_mode: 'single' | 'list' | 'set';
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface ProviderSchema {
  /** As in required_providers, with the registry's host. */
  readonly address: string;
  readonly resources: Readonly<Record<string, { readonly block: Block }>>;
  readonly dataSources: Readonly<Record<string, { readonly block: Block }>>;
}

interface SchemaFile {
  readonly provider_schemas: Record<
    string,
    { resource_schemas: ProviderSchema['resources']; data_source_schemas: ProviderSchema['dataSources'] }
  >;
}

export const terraformDirectory = fileURLToPath(new URL('../../../terraform', import.meta.url));

export function readProviderSchemas(): ProviderSchema[] {
  return readdirSync(`${terraformDirectory}/schemas`).flatMap((file) => {
    const content = JSON.parse(readFileSync(`${terraformDirectory}/schemas/${file}`, 'utf8')) as SchemaFile;
    return Object.entries(content.provider_schemas).map(([address, provider]) => ({
      address,
      resources: provider.resource_schemas,
      dataSources: provider.data_source_schemas,
    }));
  });
}

export function findBlock(
  schemas: readonly ProviderSchema[],
  kind: 'resources' | 'dataSources',
  type: string,
): Block | null {
  for (const schema of schemas) {
    const found = schema[kind][type];
    if (found) return found.block;
  }
  return null;
}
