export type UrlProblem =
  | 'not_a_url'
  | 'unsupported_scheme'
  | 'has_whitespace'
  | 'has_credentials'
  | 'no_host'
  | 'bad_host'
  | 'bad_bucket'
  | 'no_key'
  | 'bad_port';

/** Names of object stores: nobody can open such a URL before a signer has made one of it. */
export type StoreScheme = 's3' | 'gs' | 'az';

export interface ParsedUrl {
  scheme: 'http' | 'https' | StoreScheme;
  /** Lower case, with the port unless it is the default of the scheme; of a store's own scheme the bucket or account. */
  host: string;
  /** As given, starting with `/` unless empty. */
  path: string;
  /** As given, without the `?`; null without a `?`. */
  query: string | null;
  /** As given, with the `#`; empty without one. */
  fragment: string;
  /** Index in the object URL where the path starts. */
  pathStart: number;
}

type Refusal = { ok: false; problem: UrlProblem };
export type ParseResult = { ok: true; parsed: ParsedUrl } | Refusal;

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are what these refuse.
const SHAPE =
  /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^\x00-\x20\x7f/?#]*)([^\x00-\x20\x7f?#]*)(?:\?([^\x00-\x20\x7f#]*))?(#[^\x00-\x20\x7f]*)?$/;
const WHITESPACE_OR_CONTROL = /[\x00-\x20\x7f]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above
const AUTHORITY = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])?(?::(.*))?$/;
/** A DNS name has at most 253 characters; six more for a port. */
const MAX_AUTHORITY_LENGTH = 259;
const PORT = /^\d{0,5}$/;
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;

/** As `parseObjectUrl`, of https and http alone. */
export function parseUrl(url: string): ParseResult {
  const result = parseObjectUrl(url);
  return result.ok && isStoreScheme(result.parsed.scheme) ? refuse('unsupported_scheme') : result;
}

/**
 * Splits an object URL without changing a byte of its path and query. `new URL()` would resolve `a/../b`, turn
 * `\` into `/` and re-encode, and so name another object.
 */
export function parseObjectUrl(objectUrl: string): ParseResult {
  const shape = SHAPE.exec(objectUrl);
  if (shape === null) return refuse(isUrlWithWhitespace(objectUrl) ? 'has_whitespace' : 'not_a_url');
  const [, givenScheme = '', authority = '', path = '', query = null, fragment = ''] = shape;
  const scheme = givenScheme.toLowerCase();
  const isStore = isStoreScheme(scheme);
  if (scheme !== 'https' && scheme !== 'http' && !isStore) return refuse('unsupported_scheme');
  if (authority.includes('@')) return refuse('has_credentials');
  const host = isStore ? readBucket(authority, path) : readHost(scheme, authority.toLowerCase());
  if (typeof host !== 'string') return refuse(host.problem);
  const pathStart = givenScheme.length + 3 + authority.length;
  return { ok: true, parsed: { scheme, host, path, query, fragment, pathStart } };
}

export const isStoreScheme = (scheme: string): scheme is StoreScheme =>
  scheme === 's3' || scheme === 'gs' || scheme === 'az';

function readBucket(bucket: string, path: string): string | { problem: UrlProblem } {
  if (!BUCKET.test(bucket)) return { problem: 'bad_bucket' };
  return path.length < 2 ? { problem: 'no_key' } : bucket;
}

/** Hosts are ASCII, so that this reader, the browser and every host list agree on which host is meant. */
function readHost(scheme: 'http' | 'https', authority: string): string | { problem: UrlProblem } {
  const match = AUTHORITY.exec(authority);
  if (match === null || authority.length > MAX_AUTHORITY_LENGTH) return { problem: 'bad_host' };
  const [, name, port = ''] = match;
  if (name === undefined) return { problem: 'no_host' };
  if (!PORT.test(port) || Number(port) > 65_535) return { problem: 'bad_port' };
  const isDefault = port === '' || Number(port) === (scheme === 'https' ? 443 : 80);
  return isDefault ? name : `${name}:${Number(port)}`;
}

function isUrlWithWhitespace(text: string): boolean {
  const dense = text.replace(WHITESPACE_OR_CONTROL, '');
  return dense.length < text.length && SHAPE.test(dense);
}

function refuse(problem: UrlProblem): Refusal {
  return { ok: false, problem };
}
