import { errors } from 'undici';
import { OriginError, type OriginErrorKind } from './origin.js';

const kindsByStatus: Readonly<Record<number, OriginErrorKind>> = {
  403: 'denied',
  404: 'missing',
  410: 'missing',
  412: 'changed',
  416: 'unsatisfiable',
  429: 'overloaded',
  503: 'overloaded',
};

/** Codes of S3, its clones and Azure that speak of the gateway's key or clock and not of the object. */
const KEY_CODES =
  /^(?:SignatureDoesNotMatch|InvalidAccessKeyId|RequestTimeTooSkewed|ExpiredToken|InvalidToken|TokenRefreshRequired|AuthorizationHeaderMalformed|InvalidSecurity|MissingSecurityHeader|AuthenticationFailed|AuthorizationFailure|KeyBasedAuthenticationNotPermitted|NotSignedUp|AccountProblem)$/;

/**
 * @param body the first kilobytes
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function answerError(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): OriginError {
  // Letters only, so that nothing else of an answer gets into a message.
  const code =
    /^[A-Za-z]{1,64}$/.exec(headers['x-ms-error-code'] ?? '')?.[0] ?? elementOf('Code', body) ?? '';
  const kind: OriginErrorKind =
    status === 401 || KEY_CODES.test(code) ? 'key_refused' : (kindsByStatus[status] ?? 'failed');
  const region = headers['x-amz-bucket-region'] ?? elementOf('Region', body);
  const told = code === '' ? 'without a code' : code;
  return new OriginError(kind, `The origin answered ${status} (${told}).`, {
    status,
    region: /^[a-z0-9-]{2,40}$/.test(region ?? '') ? region : null,
  });
}

function elementOf(name: string, xml: string): string | null {
  return new RegExp(`<${name}>([A-Za-z0-9-]{1,64})</${name}>`).exec(xml)?.[1] ?? null;
}

export function connectionError(error: unknown): OriginError {
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  ) {
    return new OriginError('timed_out', 'The origin did not answer in time.', { cause: error });
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return new OriginError('failed', `The origin gave no whole answer (${code || 'unknown reason'}).`, {
    cause: error,
  });
}
