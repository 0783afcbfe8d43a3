import { escapeAll } from '../normalize.js';
import { type ParsedUrl, parseUrl } from '../parse-url.js';
import { PresignError } from './presign-error.js';

export interface BucketPlace {
  /** Scheme, host and optional port, for example `https://s3.eu-west-2.amazonaws.com` or `http://127.0.0.1:9000`. */
  endpoint: string;
  bucket: string;
  /** True: `endpoint/bucket/key`; false: `bucket.endpoint/key`. */
  pathStyle: boolean;
}

/** Where the objects of a bucket are, each at `origin + path`. */
export interface BucketAddress {
  /** Lower case, with the port unless it is the default of the scheme: what a browser sends as `Host`. */
  host: string;
  origin: string;
  /** Percent-encoded; with the key null that of the bucket itself. Throws `PresignError` with `bad_key`. */
  pathOf: (key: string | null) => string;
}

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** @throws {PresignError} `bad_bucket`, `bad_endpoint` */
export function bucketAddress({ endpoint, bucket, pathStyle }: BucketPlace): BucketAddress {
  if (!BUCKET.test(bucket)) {
    throw new PresignError('bad_bucket', `Bucket "${bucket}": use letters, digits and . _ - only.`);
  }
  const { scheme, host: endpointHost } = parseEndpoint(endpoint);
  const host = pathStyle ? endpointHost : `${bucket}.${endpointHost}`;
  const root = pathStyle ? `/${bucket}` : '';
  return {
    host,
    origin: `${scheme}://${host}`,
    pathOf: (key) => (key === null ? root || '/' : `${root}/${escapeKey(key)}`),
  };
}

/** The object's URL without a signature. @throws {PresignError} `bad_key` */
export function unsignedUrl(address: BucketAddress, key: string): string {
  return address.origin + address.pathOf(key);
}

/** Every byte of a key but `/` and the unreserved ones escaped. @throws {PresignError} `bad_key` */
export function escapeKey(key: string): string {
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
