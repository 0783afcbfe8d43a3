import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readHeaderAuthorization } from './header-authorization.js';
import { type Authorization, readAuthorization } from './query-authorization.js';
import type { RequestTarget } from './request-target.js';
import { S3Error } from './s3-error.js';

export interface SignedRequest {
  method: string;
  target: RequestTarget;
  /** By lower-case name, as `IncomingMessage.headersDistinct`. */
  headers: Readonly<Partial<Record<string, string[]>>>;
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Signatures for other regions are refused; null: any region will do. */
  region?: string | null;
}

const MAX_CLOCK_SKEW_MS = 15 * 60_000;

/**
 * Recomputes the signature of a pre-signed URL, or of an Authorization header, from the request as it arrived.
 * Written apart from the presigner of `locator`, so that each proves the other.
 * @param now in epoch milliseconds
 * @throws {S3Error} what S3 would answer
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function verifySignature(request: SignedRequest, credentials: Credentials, now: number): void {
  const authorization = readEither(request);
  if (authorization.accessKeyId !== credentials.accessKeyId) {
    throw new S3Error(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      { AWSAccessKeyId: authorization.accessKeyId },
    );
  }
  checkScope(authorization, credentials.region);
  checkTime(authorization, now);
  checkSignedHeaders(authorization, request.headers);

  const expected = computeSignature(request, authorization, credentials.secretAccessKey);
  if (!timingSafeEqual(Buffer.from(authorization.signature, 'hex'), expected)) {
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
}

function readEither({ target, headers }: SignedRequest): Authorization {
  const header = headers['authorization'];
  const isPresigned = target.query.some(([name]) => name.startsWith('X-Amz-') || name === 'Signature');
  if (header === undefined || isPresigned) return readAuthorization(target.query, header);
  return readHeaderAuthorization(header, headers);
}

/** As S3 tells a client that asks in the wrong region. */
function checkScope({ scope }: Authorization, region: string | null = null): void {
  const given = scope[1] ?? '';
  if (region === null || given === region) return;
  throw new S3Error(
    400,
    'AuthorizationHeaderMalformed',
    `The authorization header is malformed; the region '${given}' is wrong; expecting '${region}'`,
    { Region: region },
  );
}

function checkTime({ signedAt, expiresSeconds }: Authorization, now: number): void {
  const expiresAt = signedAt + expiresSeconds * 1000;
  if (now >= expiresAt) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(expiresSeconds),
      Expires: isoSeconds(expiresAt),
      ServerTime: isoSeconds(now),
    });
  }
  if (signedAt > now + MAX_CLOCK_SKEW_MS) {
    throw new S3Error(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      { RequestTime: isoSeconds(signedAt), ServerTime: isoSeconds(now) },
    );
  }
}

/** The host and every `x-amz-*` header that is there have to be covered by the signature. */
function checkSignedHeaders({ signedHeaders }: Authorization, headers: SignedRequest['headers']): void {
  const required = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = required.filter((name) => !signedHeaders.includes(name));
  if (unsigned.length === 0) return;
  throw new S3Error(403, 'AccessDenied', 'There were headers present in the request which were not signed', {
    HeadersNotSigned: unsigned.join(', '),
  });
}

function computeSignature(
  request: SignedRequest,
  authorization: Authorization,
  secretAccessKey: string,
): Buffer {
  const canonical = createHash('sha256').update(canonicalRequest(request, authorization)).digest('hex');
  const { date, scope } = authorization;
  const stringToSign = `AWS4-HMAC-SHA256\n${date}\n${scope.join('/')}\n${canonical}`;
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of scope) key = hmac(key, part);
  return hmac(key, stringToSign);
}

function canonicalRequest(
  { method, target, headers }: SignedRequest,
  { signedHeaders }: Authorization,
): string {
  const parameters = target.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  const headerLines = signedHeaders.map((name) => {
    const values = (headers[name] ?? []).map((value) => value.trim().replace(/ +/g, ' '));
    return `${name}:${values.join(',')}\n`;
  });
  const payloadHash =
    headers['x-amz-content-sha256']?.[0] ??
    target.query.find(([name]) => name === 'X-Amz-Content-Sha256')?.[1] ??
    'UNSIGNED-PAYLOAD';
  return [
    method,
    encode(target.path).replaceAll('%2F', '/'),
    parameters.map((pair) => pair.join('=')).join('&'),
    headerLines.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Everything but `A-Z a-z 0-9 - . _ ~`, with upper-case hex. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** By code unit, which for percent-encoded text is by byte. */
function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isoSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
