import { createHash, createHmac } from 'node:crypto';
import { escapeAll } from '../normalize.js';
import { type ParsedUrl, parseUrl } from '../parse-url.js';

export interface PresignerOptions {
  /** Scheme, host and optional port, for example `https://s3.eu-west-2.amazonaws.com` or `http://127.0.0.1:9000`. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** True: `endpoint/bucket/key`; false: `bucket.endpoint/key`. */
  pathStyle: boolean;
  /** The clock, in epoch milliseconds. */
  now: () => number;
}

export type PresignedMethod = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

/** Signs one method, GET unless another is named, of one key. Throws `PresignError`. */
export type Presigner = (
  key: string,
  options: { expiresInSeconds: number; method?: PresignedMethod },
) => string;

export type PresignErrorCode = 'bad_endpoint' | 'bad_bucket' | 'bad_key' | 'bad_expiry' | 'no_credentials';

export class PresignError extends Error {
  override readonly name = 'PresignError';
  readonly code: PresignErrorCode;

  constructor(code: PresignErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_EXPIRY_SECONDS = 604_800;
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

interface DayKey {
  day: string;
  scope: string;
  key: Buffer;
}

/**
 * Query SigV4 with an unsigned payload for S3 and its clones.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @throws {PresignError} for options that cannot make a valid URL
 */
export function createPresigner(options: PresignerOptions): Presigner {
  const { bucket, pathStyle, now } = options;
  if (!BUCKET.test(bucket))
    throw new PresignError('bad_bucket', `Bucket "${bucket}": use letters, digits and . _ - only.`);
  if (options.accessKeyId === '' || options.secretAccessKey === '') {
    throw new PresignError(
      'no_credentials',
      'The access key id or the secret access key is empty: give both.',
    );
  }
  const endpoint = parseEndpoint(options.endpoint);
  const host = pathStyle ? endpoint.host : `${bucket}.${endpoint.host}`;
  const pathPrefix = pathStyle ? `/${bucket}/` : '/';
  let today: DayKey | null = null;

  return (key, { expiresInSeconds, method = 'GET' }) => {
    checkExpiry(expiresInSeconds);
    const path = pathPrefix + escapeKey(key);
    const time = formatTime(now());
    const day = time.slice(0, 8);
    if (today?.day !== day) today = deriveDayKey(options, day);
    const query = unsignedQuery(options, today.scope, time, expiresInSeconds);
    const request = `${method}\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
    return `${endpoint.scheme}://${host}${path}?${query}&X-Amz-Signature=${sign(today, time, request)}`;
  };
}

/** Parameters in the order of their names, as the canonical request wants them. */
function unsignedQuery(
  options: PresignerOptions,
  scope: string,
  time: string,
  expiresInSeconds: number,
): string {
  const { accessKeyId, sessionToken } = options;
  const credential = escapeAll(`${accessKeyId}/${scope}`);
  const token = sessionToken === undefined ? '' : `&X-Amz-Security-Token=${escapeAll(sessionToken)}`;
  return (
    `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${credential}&X-Amz-Date=${time}` +
    `&X-Amz-Expires=${expiresInSeconds}${token}&X-Amz-SignedHeaders=host`
  );
}

function sign({ scope, key }: DayKey, time: string, request: string): string {
  const digest = createHash('sha256').update(request).digest('hex');
  return createHmac('sha256', key).update(`${ALGORITHM}\n${time}\n${scope}\n${digest}`).digest('hex');
}

function deriveDayKey({ region, secretAccessKey }: PresignerOptions, day: string): DayKey {
  const parts = [day, region, 's3', 'aws4_request'];
  const key = parts.reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return { day, scope: parts.join('/'), key };
}

function parseEndpoint(endpoint: string): ParsedUrl {
  const result = parseUrl(endpoint);
  const isBare =
    result.ok &&
    /^\/?$/.test(result.parsed.path) &&
    result.parsed.query === null &&
    result.parsed.fragment === '';
  if (result.ok && isBare) return result.parsed;
  const reason = result.ok ? 'it has a path or a query' : result.problem;
  throw new PresignError(
    'bad_endpoint',
    `The endpoint is not usable (${reason}): give scheme, host and port only, as in https://s3.eu-west-2.amazonaws.com.`,
  );
}

function escapeKey(key: string): string {
  try {
    if (key !== '') return key.split('/').map(escapeAll).join('/');
  } catch {
    throw new PresignError(
      'bad_key',
      'The key has half a surrogate pair: object keys are UTF-8, so give well-formed text.',
    );
  }
  throw new PresignError('bad_key', 'The key is empty: give the name of an object.');
}

function checkExpiry(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_EXPIRY_SECONDS) return;
  throw new PresignError(
    'bad_expiry',
    `expiresInSeconds is ${seconds}: give a whole number from 1 to ${MAX_EXPIRY_SECONDS} (7 days).`,
  );
}

/** `20260301T120000Z` */
function formatTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
