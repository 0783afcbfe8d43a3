import { LatchkeyError } from '@latchkey/contract/errors';
import type { SingleSignOnConfig } from '../config/single-sign-on-settings.js';
import { createLogger } from '../log.js';
import { openIdentityProvider } from '../single-sign-on/open-identity-provider.js';
import { type Finding, failure, ok, warning } from './check-result.js';

/** The provider tells its time by the second, and ID tokens are taken within 30. */
const tolerableMs = 10_000;

/** Whether the provider describes itself as OpenID Connect asks for, and has the time of this machine. */
export async function checkSingleSignOn(config: SingleSignOnConfig): Promise<Finding> {
  const provider = await openIdentityProvider(config, createLogger('silent'));
  try {
    await provider.discover();
    const aheadMs = provider.clockAheadMs ?? 0;
    if (Math.abs(aheadMs) > tolerableMs)
      return warning(
        `This clock is ${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of ${config.name}.`,
        'Set the clocks by NTP on each machine: ID tokens are taken within 30 s.',
      );
    if (!config.createsUsers && !config.linksByEmail)
      return warning(
        `${config.name} is reached, and nobody new can sign in by it.`,
        'Set LATCHKEY_OIDC_CREATE_USERS=on or LATCHKEY_OIDC_LINK_BY_EMAIL=on, unless that is meant.',
      );
    return ok(`${config.name} is reached, and sends browsers back to ${config.redirectUri}`);
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return failure(
      error.message,
      'Correct LATCHKEY_OIDC_ISSUER; a private address of the provider has to be in LATCHKEY_OIDC_ALLOW.',
    );
  } finally {
    await provider.close();
  }
}
