import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics.js';

/** Health and metrics, on an address of its own that is not for clients. */
export function createAdminServer(metrics: Metrics, isReady: () => boolean): Server {
  const answers: Readonly<Record<string, () => Promise<readonly [number, string, string]>>> = {
    '/health/live': async () => [200, 'text/plain', 'live\n'],
    '/health/ready': async () =>
      isReady() ? [200, 'text/plain', 'ready\n'] : [503, 'text/plain', 'stopping\n'],
    '/metrics': async () => [200, metrics.registry.contentType, await metrics.registry.metrics()],
  };
  return createServer((request, response) => {
    const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
    if (answer === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end(`${Object.keys(answers).join('\n')}\n`);
      return;
    }
    answer().then(
      ([status, type, body]) => response.writeHead(status, { 'Content-Type': type }).end(body),
      () => response.writeHead(500).end(),
    );
  });
}
