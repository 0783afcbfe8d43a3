import type { Authorization } from './query-authorization.js';
import { readCredential, readDate } from './query-authorization.js';
import { S3Error } from './s3-error.js';

/** How far the clock of the client may be off, and how long a signature in a header lives. */
const LIFE_SECONDS = 900;

/**
 * Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; nothing of it is verified yet.
 * @throws {S3Error}
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
export function readHeaderAuthorization(
  header: readonly string[],
  headers: Readonly<Partial<Record<string, string[]>>>,
): Authorization {
  const [, credential, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([a-z0-9-]+(?:;[a-z0-9-]+)*), ?Signature=([0-9a-f]{64})$/.exec(
      header.length === 1 ? (header[0] ?? '') : '',
    ) ?? [];
  const date = headers['x-amz-date']?.[0];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  }
  if (date === undefined || headers['x-amz-content-sha256'] === undefined) {
    throw new S3Error(403, 'AccessDenied', 'A signed request needs X-Amz-Date and X-Amz-Content-Sha256.');
  }
  return {
    ...readCredential(credential, date),
    date,
    signedAt: readDate(date),
    expiresSeconds: LIFE_SECONDS,
    signedHeaders: signedHeaders.split(';'),
    signature,
  };
}
