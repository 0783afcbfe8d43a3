import { normalizePath, OBJECT_PATH } from './normalize.js';
import { isStoreScheme, parseObjectUrl } from './parse-url.js';
import { nameObject, type ObjectName } from './providers.js';
import { parseQuery } from './query.js';

/** An address that serves objects under URLs that need no signature. */
export interface Gateway {
  /** `https://host/`, or with a path before the keys, `https://host/scans/`. */
  readonly url: string;
  /**
   * What its keys are appended to: the bucket, with a prefix if the gateway serves only what is below it, as
   * `s3://bucket/prefix/` or `https://minio.example.com/bucket/`. Null: its objects are named by the gateway's URLs.
   */
  readonly bucketUrl: string | null;
}

export type GatewayProblem =
  | 'not_a_gateway_url'
  | 'not_a_bucket_url'
  | 'bucket_is_missing'
  | 'bucket_is_gateway'
  | 'repeated';

export class GatewayError extends Error {
  override name = 'GatewayError';
  readonly problem: GatewayProblem;
  /** In the order of the list. */
  readonly index: number;

  constructor(problem: GatewayProblem, index: number) {
    super(`Gateway ${index}: ${problem}`);
    this.problem = problem;
    this.index = index;
  }
}

/** How a gateway names the object of one of its URLs. Null: by the URL itself. */
type NameOf = (rawPath: string) => ObjectName | null;

export interface GatewayRules {
  /** The gateway that serves this URL, of several the one with the longest path. Null: none does. */
  find: (host: string, rawPath: string) => NameOf | null;
}

interface Served {
  readonly host: string;
  readonly prefix: string;
  readonly bucket: ObjectName | null;
}

/** @throws {GatewayError} */
export function compileGateways(gateways: readonly Gateway[]): GatewayRules {
  const served = gateways.map(readGateway);
  served.forEach(({ host, prefix }, index) => {
    const first = served.findIndex((other) => other.host === host && other.prefix === prefix);
    if (first < index) throw new GatewayError('repeated', index);
  });
  mustNotChain(gateways, served);
  const longestFirst = served.toSorted((a, b) => b.prefix.length - a.prefix.length);
  return {
    find: (host, rawPath) => {
      const ofHost = longestFirst.filter((gateway) => gateway.host === host);
      if (ofHost.length === 0) return null;
      const path = normalizePath(rawPath || '/', OBJECT_PATH);
      const found = ofHost.find(({ prefix }) => path.startsWith(prefix));
      return found ? () => nameIn(found, path) : null;
    },
  };
}

/** The hosts at which a URL may lead to another object under the one list than under the other. */
export function remappedHosts(before: readonly Gateway[], after: readonly Gateway[]): string[] {
  const old = mappingsByHost(before);
  const now = mappingsByHost(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((host) => old.get(host) !== now.get(host))
    .sort();
}

/** Of each host with a mapping, all its paths in one text. */
function mappingsByHost(gateways: readonly Gateway[]): Map<string, string> {
  const served = gateways.map(readGateway);
  const mapped = new Set(served.flatMap(({ host, bucket }) => (bucket ? host : [])));
  const textOf = (host: string): string =>
    served
      .filter((gateway) => gateway.host === host)
      .map(({ prefix, bucket }) => `${prefix} ${bucket?.base ?? ''}`)
      .sort()
      .join(' ');
  return new Map([...mapped].map((host) => [host, textOf(host)]));
}

function nameIn({ prefix, bucket }: Served, path: string): ObjectName | null {
  return bucket && { ...bucket, base: bucket.base + path.slice(prefix.length) };
}

function readGateway({ url, bucketUrl }: Gateway, index: number): Served {
  const result = parseObjectUrl(url);
  if (!result.ok || isStoreScheme(result.parsed.scheme) || !isPlain(result.parsed))
    throw new GatewayError('not_a_gateway_url', index);
  const { host, path } = result.parsed;
  return {
    host,
    prefix: normalizePath(withSlash(path), OBJECT_PATH),
    bucket: bucketUrl === null ? null : readBucket(bucketUrl, index),
  };
}

/** As the locator names an object `x` directly in the bucket, without the `x`: so all its spellings are one. */
function readBucket(bucketUrl: string, index: number): ObjectName {
  const result = parseObjectUrl(`${withSlash(bucketUrl)}x`);
  if (!result.ok || !isPlain(result.parsed)) throw new GatewayError('not_a_bucket_url', index);
  const { scheme, host, path } = result.parsed;
  const object = nameObject(scheme, host, path, parseQuery(null));
  if (!object.base.endsWith('/x')) throw new GatewayError('bucket_is_missing', index);
  return { ...object, base: object.base.slice(0, -1) };
}

function mustNotChain(gateways: readonly Gateway[], served: readonly Served[]): void {
  const hosts = new Set(served.map(({ host }) => host));
  gateways.forEach(({ bucketUrl }, index) => {
    const result = bucketUrl === null ? null : parseObjectUrl(`${withSlash(bucketUrl)}x`);
    if (result?.ok && !isStoreScheme(result.parsed.scheme) && hosts.has(result.parsed.host))
      throw new GatewayError('bucket_is_gateway', index);
  });
}

const isPlain = ({ query, fragment }: { query: string | null; fragment: string }): boolean =>
  query === null && fragment === '';

const withSlash = (text: string): string => (text.endsWith('/') ? text : `${text}/`);
