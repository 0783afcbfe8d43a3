import type { FastifyRequest } from 'fastify';
import type { AppContext } from '../context.js';

/** Where users reach this server: LATCHKEY_PUBLIC_URL, else where the caller of the request did. */
export const publicOrigin = ({ config }: AppContext, { protocol, host }: FastifyRequest): string =>
  config.publicUrl ?? `${protocol}://${host}`;
