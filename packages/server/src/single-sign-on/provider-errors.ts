import { type ErrorCode, LatchkeyError } from '@latchkey/contract/errors';
import { EgressError } from '@latchkey/egress/egress-error';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** Why signing in by the provider failed, and what the operator's log may hold of it: never a code, token or claim. */
export interface ProviderFailure {
  readonly error: LatchkeyError;
  readonly reason: string;
}

/** Null: something else than the provider or its answer failed. */
export function toProviderFailure(error: unknown): ProviderFailure | null {
  const chain = [...causesOf(error)];
  const egress = chain.find((cause) => cause instanceof EgressError);
  if (egress)
    return failure('identity_provider_unreachable', `${egress.code}: ${egress.message}`, egress.message);
  if (error instanceof AuthorizationResponseError) return refusal(error.error);
  if (error instanceof ResponseBodyError) {
    // The code is of another attempt or too old (RFC 6749, 5.2): nothing is wrong with the provider.
    const code = error.error === 'invalid_grant' ? 'single_sign_on_expired' : 'identity_provider_error';
    return failure(code, `the token endpoint answers ${wordOf(error.error)}`);
  }
  if (!(error instanceof ClientError)) return null;
  const { code = 'unknown' } = error;
  const sentence = sentenceOf(error);
  return failure(codeOf(code, sentence, error), `${code}: ${sentence}`);
}

/** The sentence with which the library says what is wrong is fixed; what it is about stands in deeper causes alone. */
function sentenceOf(error: ClientError): string {
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && cause.code === error.code
    ? cause.message
    : error.message;
}

/** The provider has sent the browser back with an error (RFC 6749, 4.1.2.1). */
function refusal(error: string): ProviderFailure {
  const word = wordOf(error);
  const reason = `the provider answers ${word}`;
  if (error === 'access_denied') return failure('single_sign_on_denied', reason);
  return failure(
    'identity_provider_error',
    reason,
    `The identity provider answers with the error "${word}". Begin again on the sign-in page; if it stays, tell the operator.`,
  );
}

const failure = (code: ErrorCode, reason: string, message?: string): ProviderFailure => ({
  error: new LatchkeyError(code, message),
  reason,
});

const codes: Readonly<Record<string, ErrorCode>> = {
  OAUTH_TIMEOUT: 'identity_provider_unreachable',
  OAUTH_ABORT: 'identity_provider_unreachable',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'id_token_not_current',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'id_token_invalid',
  OAUTH_KEY_SELECTION_FAILED: 'id_token_signature_invalid',
};

function codeOf(code: string, sentence: string, error: ClientError): ErrorCode {
  if (error.cause instanceof Error && claimOf(error.cause.cause) === 'nonce')
    return 'id_token_nonce_mismatch';
  if (code === 'OAUTH_INVALID_RESPONSE' && sentence.startsWith('JWT signature'))
    return 'id_token_signature_invalid';
  if (code === 'OAUTH_INVALID_RESPONSE' && /\bJWT\b/.test(sentence)) return 'id_token_invalid';
  return codes[code] ?? 'identity_provider_error';
}

const claimOf = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'claim') : undefined;

function* causesOf(error: unknown): Generator<unknown> {
  for (let at = error; at !== undefined && at !== null; at = at instanceof Error ? at.cause : null) yield at;
}

/** An error code of the provider as it may be shown: anything else that comes in its place is not. */
const wordOf = (text: string): string => (/^[a-z_]{1,60}$/.test(text) ? text : 'an unknown error');
