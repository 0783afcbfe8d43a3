import { createHmac } from 'node:crypto';

/** What ties an answer of the provider to one attempt to sign in of one browser. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE: 43 characters (RFC 7636, 4.1). */
  readonly codeVerifier: string;
}

/**
 * All three are made of the token that the browser keeps, by functions that nobody can turn round: so neither the
 * database nor the addresses that the provider sees hold anything that could finish the attempt.
 */
export function checksOf(token: string): SignInChecks {
  const derived = (purpose: string): string =>
    createHmac('sha256', token).update(`latchkey single sign-on: ${purpose}`).digest('base64url');
  return { state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('code verifier') };
}

/** Each attempt has a cookie of its own, so that several tabs may sign in at the same time. */
export const attemptCookieOf = (state: string): string => `latchkey_sign_in_${state.slice(0, 16)}`;
