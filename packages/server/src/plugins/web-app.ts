import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppContext } from '../context.js';
import { pageOriginsOf, pagePolicy } from './content-security-policy.js';
import { registerDataWorker } from './data-worker.js';

const reserved = /^\/(v2|docs|health|metrics|assets)(\/|$)/;

/**
 * Serves the web app. Its page is made anew for each load: the Content-Security-Policy lets it load data from the
 * hosts of the integrations that the user may use, and from no others.
 */
export async function registerWebApp(
  app: FastifyInstance,
  context: AppContext,
  webRoot: string,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: webRoot,
    index: false,
    wildcard: false,
    globIgnore: ['index.html', '**/.*', '**/*.{br,gz}'],
    // Made by the build, beside each file that gets smaller by it.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      // Names below assets/ hold a hash of the content.
      const isHashed = path.startsWith(join(webRoot, 'assets'));
      response.setHeader('vary', 'accept-encoding');
      response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  registerDataWorker(app, context);
  const sendPage = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = (request.raw.url ?? '').split('?')[0] ?? '';
    if (reserved.test(path))
      throw new LatchkeyError(
        'route_not_found',
        `There is nothing at GET ${path}. The API is described at /docs.`,
      );
    const origins = await pageOriginsOf(context, request.caller);
    return reply
      .header('content-security-policy', pagePolicy(origins))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(await readFile(join(webRoot, 'index.html'), 'utf8'));
  };
  app.get('/', { schema: { hide: true } }, sendPage);
  app.get('/*', { schema: { hide: true } }, sendPage);
}
