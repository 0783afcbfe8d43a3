import type { FastifyRequest } from 'fastify';

/** Where the caller reached the server; the issuer of tokens where LATCHKEY_PUBLIC_URL does not say. */
export const requestOrigin = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;
