import { parseUrl } from './parse-url.js';
import { parseQuery } from './query.js';
import { fragmentHoldsSecret, isSecretParam } from './redact.js';
import { findSignatureFamily } from './signature-families.js';

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
  const at = secretStart(objectUrl);
  return at < 0
    ? { head: objectUrl, tail: null }
    : { head: objectUrl.slice(0, at), tail: objectUrl.slice(at) };
}

export function joinSecret(head: string, tail: string | null): string {
  return tail === null ? head : head + tail;
}

function secretStart(objectUrl: string): number {
  const result = parseUrl(objectUrl);
  if (!result.ok) return cautiousStart(objectUrl);
  const { parsed } = result;
  const query = parseQuery(parsed.query);
  const family = findSignatureFamily(parsed, query);
  if (family?.secretInPath) return parsed.pathStart + ORACLE_TOKEN_PREFIX.length;
  const pathEnd = parsed.pathStart + parsed.path.length;
  if (query.params.some(({ name }) => isSecretParam(family, name))) return pathEnd;
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
