import { type ErrorCode, errorCatalogue } from './errors.js';
import type { Route } from './route.js';
import { allRoutes } from './routes/all.js';
import { ErrorBody } from './schemas/common.js';

const everyRoute: readonly ErrorCode[] = ['invalid_request', 'too_many_requests', 'internal_error'];
const everyRouteWithBody: readonly ErrorCode[] = [
  'malformed_json',
  'body_too_large',
  'body_incomplete',
  'unsupported_media_type',
];
const everySignedInRoute: readonly ErrorCode[] = [
  'authentication_required',
  'invalid_token',
  'invalid_signature',
  'unknown_key',
  'user_deactivated',
  'stale_signature',
  'digest_mismatch',
];

/** The OpenAPI 3.1 document of the route table; schemas of 3.1 are JSON Schema, so TypeBox values go in as they are. */
export function toOpenApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of allRoutes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route) };
  }
  return plain({
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version,
      description:
        'Registers cloud data by URL without ever holding a key. Request keys are accepted in camelCase and snake_case; answers are camelCase.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Error: ErrorBody },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'latchkey_session' },
        messageSignature: {
          type: 'apiKey',
          in: 'header',
          name: 'Signature',
          description:
            'Ed25519 HTTP message signature over @method, @request-target and content-digest, label encord-sig.',
        },
      },
    },
  });
}

function toOperation(route: Route): Record<string, unknown> {
  const { query, params, headers, body, response } = route.schemas;
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    'x-permission': route.permission,
    ...(route.permission === 'public'
      ? {}
      : { security: [{ bearer: [] }, { session: [] }, { messageSignature: [] }] }),
    parameters: [
      ...toParameters(params, 'path'),
      ...toParameters(query, 'query'),
      ...toParameters(headers, 'header'),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              (route.streamedBody ?? ['application/json']).map((type) => [type, { schema: body }]),
            ),
          },
        }
      : {}),
    responses: { ...toSuccess(route.produces, response), ...toErrors(route) },
  };
}

function toParameters(
  schema: Route['schemas']['query'],
  place: 'path' | 'query' | 'header',
): Record<string, unknown>[] {
  if (!schema) return [];
  const required = new Set<string>(schema.required ?? []);
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: property,
  }));
}

function toSuccess(
  produces: string | undefined,
  response: Route['schemas']['response'],
): Record<string, unknown> {
  if (produces)
    return { 200: { description: 'OK', content: { [produces]: { schema: { type: 'string' } } } } };
  return response
    ? { 200: { description: 'OK', content: { 'application/json': { schema: response } } } }
    : { 204: { description: 'Done.' } };
}

function toErrors(route: Route): Record<string, unknown> {
  const codes = [
    ...everyRoute,
    ...(route.permission === 'public' ? [] : everySignedInRoute),
    ...(route.schemas.body ? everyRouteWithBody : []),
    ...(route.method === 'GET' || route.isReading ? [] : (['token_reads_only'] as const)),
    ...(route.permission.includes(':') ? (['forbidden'] as const) : []),
    ...route.errors,
  ];
  const statuses = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const status = errorCatalogue[code].status ?? 500;
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...statuses].map(([status, members]) => [
      status,
      {
        description: members.map((code) => `\`${code}\`: ${errorCatalogue[code].meaning}`).join('\n\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}

/** Drops what is not JSON, such as TypeBox's symbols. */
const plain = (value: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
