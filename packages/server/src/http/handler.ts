import { LatchkeyError } from '@latchkey/contract/errors';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route, RouteSchemas } from '@latchkey/contract/route';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppContext, Caller } from '../context.js';

export interface Call<R extends Route> {
  readonly caller: Caller;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface Handler {
  readonly route: Route;
  readonly handle: (context: AppContext, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

const nobody: Caller = {
  userId: '',
  email: '',
  isOrganisationAdmin: false,
  sessionId: null,
  tokenScope: null,
  knowsTimeSeries: true,
};

/** Binds a route of the contract to a function whose types come from it. */
export function defineHandler<Schemas extends RouteSchemas>(
  route: Route<Schemas>,
  handle: (context: AppContext, call: Call<Route<Schemas>>) => Promise<ResponseOf<Route<Schemas>>>,
): Handler {
  return {
    route,
    handle: (context, request, reply) => {
      if (!request.caller && route.permission !== 'public')
        throw new LatchkeyError('authentication_required');
      // The framework has validated params, query and body against the route's schemas.
      const { params, query, body } = request as unknown as Pick<
        Call<Route<Schemas>>,
        'params' | 'query' | 'body'
      >;
      return handle(context, { caller: request.caller ?? nobody, params, query, body, request, reply });
    },
  };
}
