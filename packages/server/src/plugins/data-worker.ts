import { LatchkeyError } from '@latchkey/contract/errors';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../context.js';
import { pageOriginsOf, workerPolicy } from './content-security-policy.js';

const modulePath = /^\/assets\/[\w.-]+\.js$/;

/**
 * Starts a module of the web app as a worker under a policy that is made anew for each load: it may connect to the
 * origins that were added since the page was loaded, and to no others.
 */
export function registerDataWorker(app: FastifyInstance, context: AppContext): void {
  app.get<{ Querystring: { module?: string } }>(
    '/data-worker.js',
    { schema: { hide: true } },
    async (request, reply) => {
      const module = request.query.module ?? '';
      if (!modulePath.test(module))
        throw new LatchkeyError('invalid_request', '"module" must be a script of the web app.');
      const origins = await pageOriginsOf(context, request.caller);
      return reply
        .header('content-security-policy', workerPolicy(origins))
        .header('cache-control', 'no-store')
        .type('text/javascript; charset=utf-8')
        .send(`import ${JSON.stringify(module)};\n`);
    },
  );
}
