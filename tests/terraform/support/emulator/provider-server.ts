import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { type Block, findBlock, type ProviderSchema } from '../provider-schema.js';
import { knownRules } from './known-rules.js';
import { applied, type DynamicValue, planned, readValue, type State, toValue } from './values.js';

const protocolFile = fileURLToPath(new URL('tfplugin5.proto', import.meta.url));

interface Request {
  readonly type_name: string;
  readonly config: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly current_state: DynamicValue;
  readonly raw_state: { readonly json: Uint8Array };
}

/** Answers a provider's schema to Terraform, and plans and applies without any cloud. */
export interface ProviderServer {
  /** For TF_REATTACH_PROVIDERS. */
  readonly attachment: Readonly<Record<string, unknown>>;
  close(): void;
}

export async function startProviderServer(schema: ProviderSchema): Promise<ProviderServer> {
  const definition = grpc.loadPackageDefinition(
    loader.loadSync(protocolFile, { keepCase: true, longs: Number, enums: Number, defaults: true }),
  ) as unknown as { tfplugin5: { Provider: grpc.ServiceClientConstructor } };
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(definition.tfplugin5.Provider.service, unary(handlersOf(schema)));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const address = { Network: 'tcp', String: `127.0.0.1:${port}` };
  const attachment = { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: address };
  return { attachment: { [schema.address]: attachment }, close: () => server.forceShutdown() };
}

type Handlers = Record<string, (request: Request) => object>;

function unary(handlers: Handlers): grpc.UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      (call: grpc.ServerUnaryCall<Request, object>, answer: grpc.sendUnaryData<object>) =>
        answer(null, handle(call.request)),
    ]),
  );
}

function handlersOf(schema: ProviderSchema): Handlers {
  const block = (type: string) => findBlock([schema], 'resources', type) ?? emptyBlock;
  const schemaMessage = {
    provider: { version: 0, block: toBlockMessage(providerBlock) },
    resource_schemas: toSchemaMessages(schema.resources),
    data_source_schemas: toSchemaMessages(schema.dataSources),
  };
  return {
    GetSchema: () => schemaMessage,
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    ValidateResourceTypeConfig: ({ type_name, config }) => ({
      diagnostics: (knownRules[type_name]?.(readValue(config) ?? {}) ?? []).map((detail) => ({
        severity: 1,
        summary: 'Refused by the provider',
        detail,
      })),
    }),
    ValidateDataSourceConfig: () => ({}),
    Configure: () => ({}),
    UpgradeResourceState: ({ raw_state }) => ({
      upgraded_state: toValue(JSON.parse(Buffer.from(raw_state.json).toString()) as State),
    }),
    ReadResource: ({ current_state }) => ({ new_state: current_state }),
    PlanResourceChange: ({ type_name, proposed_new_state, prior_state }) => {
      const proposed = readValue(proposed_new_state);
      const isNew = readValue(prior_state) === null;
      const state = proposed !== null && isNew ? planned(proposed, block(type_name)) : proposed;
      return { planned_state: toValue(state), legacy_type_system: true };
    },
    ApplyResourceChange: ({ type_name, planned_state }) => {
      const state = readValue(planned_state);
      return {
        new_state: toValue(state === null ? null : applied(state, block(type_name), type_name)),
        legacy_type_system: true,
      };
    },
    ReadDataSource: ({ type_name, config }) => {
      const data = findBlock([schema], 'dataSources', type_name) ?? emptyBlock;
      return { state: toValue(applied(planned(readValue(config) ?? {}, data), data, type_name)) };
    },
    Stop: () => ({}),
  };
}

const emptyBlock: Block = { attributes: {}, block_types: {} };

/** Arguments of provider blocks that the modules' examples set. */
const providerBlock: Block = {
  attributes: Object.fromEntries(
    ['project', 'region', 'subscription_id', 'domain_name', 'tenant_name', 'auth_url'].map((name) => [
      name,
      { type: 'string', optional: true },
    ]),
  ),
  block_types: {
    features: { nesting_mode: 'list', block: emptyBlock },
    default_tags: {
      nesting_mode: 'list',
      block: { attributes: { tags: { type: ['map', 'string'], optional: true } }, block_types: {} },
    },
  },
};

const nestingModes = { single: 1, list: 2, set: 3 } as const;

function toBlockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes).map(([name, { type, ...flags }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      ...flags,
    })),
    block_types: Object.entries(block.block_types).map(([name, nested]) => ({
      type_name: name,
      nesting: nestingModes[nested.nesting_mode],
      block: toBlockMessage(nested.block),
      // Terraform would ask for a block that dynamic makes; the schema check asks for it in the text.
      min_items: 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

const toSchemaMessages = (schemas: ProviderSchema['resources']) =>
  Object.fromEntries(
    Object.entries(schemas).map(([type, { block }]) => [type, { version: 0, block: toBlockMessage(block) }]),
  );
