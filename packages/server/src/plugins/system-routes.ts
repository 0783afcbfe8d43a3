import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { AppContext } from '../context.js';

// Probes come every few seconds: they are logged only when they fail.
const quiet = { schema: { hide: true }, logLevel: 'warn' } as const;

/** `/health/live`, `/health/ready` and `/metrics`: for the operator, without authentication and without user data. */
export function registerSystemRoutes(app: FastifyInstance, context: AppContext): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'latchkey_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route pattern and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: String(reply.statusCode),
    };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
  const checkSpool = spoolCheck(context);
  app.get('/health/live', quiet, async () => ({ status: 'ok' }));
  app.get('/health/ready', quiet, async (_request, reply) => {
    try {
      await context.db.query({ name: 'health.ready', text: 'SELECT 1 AS one' });
    } catch (error) {
      context.log.error({ err: error }, 'not ready: the database does not answer');
      return reply.status(503).send({ status: 'database unavailable' });
    }
    try {
      await checkSpool();
      return { status: 'ok' };
    } catch (error) {
      context.log.error({ err: error }, 'not ready: manifests cannot be written or read');
      return reply.status(503).send({ status: 'spool unavailable' });
    }
  });
  app.get('/metrics', quiet, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

const spoolCheckMs = 15_000;

/** A check writes and reads: done again only some time after one that went well. */
function spoolCheck({ spool, now }: AppContext): () => Promise<void> {
  let checkedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - checkedAt < spoolCheckMs) return;
    await spool.check();
    checkedAt = now();
  };
}
