import { type ParsedUrl, parseObjectUrl } from './parse-url.js';
import { parseQuery, type Query } from './query.js';
import { fragmentHoldsSecret, isSecretParam } from './redact.js';
import { findSignatureFamilies, type SignatureFamily } from './signature-families.js';

export interface SplitUrl {
  /** Holds no secret. */
  head: string;
  /** Holds every secret byte; null when there is none. `head + tail` is the object URL. */
  tail: string | null;
}

const SCHEME = /^[a-zA-Z][a-zA-Z0-9+.-]*:[/\\]+/;
const ORACLE_TOKEN_PREFIX = '/p/';

/** Cuts an object URL (or any other text) so that the tail can be sealed. */
export function splitSecret(objectUrl: string): SplitUrl {
  const result = parseObjectUrl(objectUrl);
  if (!result.ok) return splitAt(objectUrl, cautiousStart(objectUrl));
  const query = parseQuery(result.parsed.query);
  const families = findSignatureFamilies(result.parsed, query);
  return splitAt(objectUrl, secretStart(objectUrl, result.parsed, query, families));
}

/** `start` as `LocatedUrl.secretStart`: below 0 for a URL without a secret. */
export function splitAt(objectUrl: string, start: number): SplitUrl {
  return start < 0
    ? { head: objectUrl, tail: null }
    : { head: objectUrl.slice(0, start), tail: objectUrl.slice(start) };
}

export function joinSecret(head: string, tail: string | null): string {
  return tail === null ? head : head + tail;
}

/** Where the secrets of a URL begin; below 0 if it holds none. */
export function secretStart(
  objectUrl: string,
  parsed: ParsedUrl,
  query: Query,
  families: readonly SignatureFamily[],
): number {
  if (families.some(({ secretInPath }) => secretInPath)) return parsed.pathStart + ORACLE_TOKEN_PREFIX.length;
  const pathEnd = parsed.pathStart + parsed.path.length;
  if (query.params.some(({ name }) => isSecretParam(families, name))) return pathEnd;
  return fragmentHoldsSecret(parsed.fragment) ? objectUrl.length - parsed.fragment.length : -1;
}

/** In text that is no URL we would load, whatever follows the place of a user, a query or a token may be secret. */
function cautiousStart(text: string): number {
  if (text.includes('@')) return SCHEME.exec(text)?.[0].length ?? 0;
  const token = text.indexOf(ORACLE_TOKEN_PREFIX);
  const query = text.search(/[?#]/);
  if (token < 0) return query;
  const tokenStart = token + ORACLE_TOKEN_PREFIX.length;
  return query < 0 ? tokenStart : Math.min(tokenStart, query);
}
