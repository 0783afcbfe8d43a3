import type { FastifyBaseLogger } from 'fastify';
import type { SingleSignOnConfig } from '../config/single-sign-on-settings.js';
import type { IdentityProvider } from './identity-provider.js';

/** The library of the protocol is loaded only where a provider is set up. */
export async function openIdentityProvider(
  config: SingleSignOnConfig,
  log: FastifyBaseLogger,
): Promise<IdentityProvider> {
  const { IdentityProvider } = await import('./identity-provider.js');
  return new IdentityProvider(config, log);
}
