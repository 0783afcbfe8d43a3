import { LatchkeyError } from '@latchkey/contract/errors';
import { withKnownKeys } from '@latchkey/contract/key-case';
import type { Route } from '@latchkey/contract/route';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, RouteOptions } from 'fastify';
import type { TObject } from 'typebox';
import { authorise } from '../access/authorise.js';
import { mustBeInScope } from '../access/token-scope.js';
import type { AppContext } from '../context.js';
import type { Handler } from '../http/handler.js';
import { recordChange } from './audit.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The service reads the body as a stream. */
    streamedBody?: boolean;
  }
}

/** Mounts handlers: the permission of the contract is checked before the body is read or the handler runs. */
export async function registerHandlers(
  app: FastifyInstance,
  context: AppContext,
  handlers: readonly Handler[],
): Promise<void> {
  for (const handler of handlers.filter(({ route }) => !route.streamedBody))
    app.route(toOptions(context, handler));
  const streamed: FastifyPluginAsync = async (streaming) => {
    streaming.removeAllContentTypeParsers();
    streaming.addContentTypeParser('*', async (_request: FastifyRequest, payload: unknown) => payload);
    for (const handler of handlers.filter(({ route }) => route.streamedBody))
      streaming.route(toOptions(context, handler));
  };
  await app.register(streamed);
  refuseOtherMethods(app, handlers);
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A path of the API answers 405 to the methods that it does not take, with those that it does. */
function refuseOtherMethods(app: FastifyInstance, handlers: readonly Handler[]): void {
  const taken = new Map<string, string[]>();
  for (const { route } of handlers) taken.set(route.path, [...(taken.get(route.path) ?? []), route.method]);
  for (const [path, allowed] of taken) {
    app.route({
      method: methods.filter((method) => !allowed.includes(method)),
      url: toUrl(path),
      schema: { hide: true },
      onRequest: async (request) => {
        throw new LatchkeyError(
          'method_not_allowed',
          `${request.method} is not a method of this address. It takes ${allowed.join(', ')}.`,
          { details: { allowed: allowed.join(', ') } },
        );
      },
      handler: async () => undefined,
    });
  }
}

const toUrl = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

function toOptions(context: AppContext, { route, handle }: Handler): RouteOptions {
  return {
    method: route.method,
    url: toUrl(route.path),
    schema: toFastifySchema(route),
    config: { streamedBody: route.streamedBody !== undefined, operationId: route.operationId },
    ...(route.streamedBody ? { bodyLimit: Number.MAX_SAFE_INTEGER } : {}),
    preParsing: async (request) => {
      mustBeInScope(route, request.caller);
      await authorise(context, route.permission, request.caller, request.params as Record<string, string>);
    },
    preValidation: async (request) => {
      if (route.schemas.query)
        request.query = toQuery(route.schemas.query, request.query as Record<string, unknown>);
      if (route.schemas.body && !route.streamedBody)
        request.body = withKnownKeys(route.schemas.body, request.body);
    },
    handler: async (request, reply) => {
      const answer = await traced(context, request, route, () => handle(context, request, reply));
      await recordChange(context, route, request, answer);
      // A stream whose client has gone is begun, but not `sent`.
      if (reply.sent || reply.raw.headersSent) return reply;
      if (!route.schemas.response) return reply.status(204).send();
      // The framework sends a string as it is; the wire has it as JSON.
      return typeof answer === 'string'
        ? reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
        : answer;
    },
  };
}

/** Within the span of the request, which is left while a body is read. */
function traced(
  { tracing }: AppContext,
  { span }: FastifyRequest,
  { operationId }: Route,
  work: () => Promise<unknown>,
): Promise<unknown> {
  return span ? span.run(() => tracing.step(operationId, {}, work)) : work();
}

function toFastifySchema(route: Route): Record<string, unknown> {
  const { params, query, headers, body, response } = route.schemas;
  return {
    ...(params ? { params } : {}),
    ...(headers ? { headers } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body && !route.streamedBody ? { body } : {}),
    ...(response ? { response: { 200: response } } : {}),
  };
}

/** A query is text: values become what the schema says, and what does not fit stays for the validation to refuse. */
function toQuery(schema: TObject, query: Record<string, unknown>): unknown {
  const known = withKnownKeys(schema, query) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(known).map(([key, value]) => [
      key,
      toQueryValue((schema.properties[key] as { type?: string } | undefined)?.type, value),
    ]),
  );
}

/** The official client writes booleans as `True` and `False`. */
function toQueryValue(type: string | undefined, value: unknown): unknown {
  if (type === 'array') return [value].flat();
  if (typeof value !== 'string') return value;
  if (type === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return value;
}
