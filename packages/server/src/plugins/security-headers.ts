import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../context.js';

/** What browsers are told with every answer; the pages of the web app have a policy of their own beside it. */
export function registerSecurityHeaders(app: FastifyInstance, { config }: AppContext): void {
  const isSecure = config.publicUrl?.startsWith('https:') ?? false;
  const always = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000' }),
  };
  // An answer of the API that is opened as a page runs nothing and loads nothing.
  const ofApi = { 'content-security-policy': `default-src 'none'; frame-ancestors 'none'; sandbox` };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(request.raw.url?.startsWith('/v2/') ? { ...always, ...ofApi } : always);
  });
}
