import type { FastifyRequest } from 'fastify';

/** The route's schema has checked the length. */
export function toIdempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? key : null;
}
