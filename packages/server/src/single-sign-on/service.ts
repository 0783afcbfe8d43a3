import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import { deleteExpiredAttempts, insertAttempt, useAttempt } from '@latchkey/db/single-sign-on/attempts';
import { newToken, tokenHash } from '../auth/secrets.js';
import type { AppContext } from '../context.js';
import type { IdentityProvider } from './identity-provider.js';
import { checksOf, type SignInChecks } from './sign-in-checks.js';

/** Throws `single_sign_on_not_set_up`. */
export function mustHaveProvider({ identityProvider }: AppContext): IdentityProvider {
  if (!identityProvider) throw new LatchkeyError('single_sign_on_not_set_up');
  return identityProvider;
}

export interface BegunAttempt {
  readonly authorizationUrl: string;
  /** For the browser alone: whoever has it may finish the attempt. */
  readonly token: string;
  readonly state: string;
}

/** Throws `single_sign_on_not_set_up` and `identity_provider_*`. */
export async function beginAttempt(context: AppContext, returnPath: string): Promise<BegunAttempt> {
  const { token, hash } = newToken('lko_');
  const checks = checksOf(token);
  const url = await mustHaveProvider(context).authorizationUrl(checks);
  await deleteExpiredAttempts(context.db);
  await insertAttempt(context.db, {
    tokenHash: hash,
    returnPath,
    lifetimeSeconds: limits.singleSignOnSeconds,
  });
  return { authorizationUrl: url.href, token, state: checks.state };
}

/**
 * Ends the attempt that the browser's token and the provider's answer are both of, whatever comes of it: an answer is
 * taken once. Throws `single_sign_on_expired`.
 */
export async function endAttempt(
  { db }: AppContext,
  token: string | undefined,
  state: string | null,
): Promise<{ readonly checks: SignInChecks; readonly returnPath: string }> {
  const checks = token === undefined ? null : checksOf(token);
  if (token === undefined || checks === null || checks.state !== state)
    throw new LatchkeyError('single_sign_on_expired');
  const returnPath = await useAttempt(db, tokenHash(token));
  if (returnPath === null) throw new LatchkeyError('single_sign_on_expired');
  return { checks, returnPath };
}
