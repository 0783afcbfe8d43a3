import type { FastifyRequest } from 'fastify';
import type { AppContext } from '../context.js';

/** Aborts when the client has gone or the server stops. */
export function requestSignal(context: AppContext, request: FastifyRequest): AbortSignal {
  const gone = new AbortController();
  request.raw.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, context.stopping]);
}
