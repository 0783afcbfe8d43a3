import type { OpenSpan } from '@latchkey/tracing/tracing';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../context.js';

declare module 'fastify' {
  interface FastifyRequest {
    span?: OpenSpan;
  }
}

/** A span for each request of the API, named by its route: the path itself may hold what users wrote. */
export function registerTracing(app: FastifyInstance, { tracing }: AppContext): void {
  // With a callback, so that everything behind it runs within the span.
  app.addHook('onRequest', (request, _reply, done) => {
    const { operationId } = request.routeOptions.config;
    if (operationId === undefined) return done();
    const route = request.routeOptions.url ?? '';
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'latchkey.request_id': request.id,
    };
    const { traceparent } = request.headers;
    const header = typeof traceparent === 'string' ? traceparent : undefined;
    request.span = tracing.openRequest(`${request.method} ${route}`, attributes, header);
    request.span.run(done);
  });
  app.addHook('onResponse', async ({ span }, { statusCode }) => {
    span?.end({
      attributes: { 'http.response.status_code': statusCode },
      ...(statusCode >= 500 && { error: String(statusCode) }),
    });
  });
  app.addHook('onRequestAbort', async ({ span }) => span?.end({ error: 'client_gone' }));
}
