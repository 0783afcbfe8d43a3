import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { toOpenApi } from '@latchkey/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { version } from '../version.js';

/** `/docs` browses the document that is generated from the contract, and serves it at `/docs/json`. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  const document = toOpenApi(version);
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, { routePrefix: '/docs' });
}
