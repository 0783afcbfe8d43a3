import type { ParsedUrl } from './parse-url.js';
import { parseQuery, type Query } from './query.js';
import { isSecretName } from './secret-names.js';
import { belongsTo, type SignatureFamily } from './signature-families.js';

/** Whether a parameter grants access, or belongs to what does. */
export function isSecretParam(family: SignatureFamily | null, name: string): boolean {
  return (family !== null && belongsTo(family, name)) || isSecretName(name);
}

/** A key with an unescaped `#` puts the query of the signed URL into the fragment. */
export function fragmentHoldsSecret(fragment: string): boolean {
  if (!fragment.includes('=')) return false;
  return parseQuery(fragment.replace(/[#?]/g, '&')).params.some(({ name }) => isSecretName(name));
}

/** The object URL with its secrets cut out and every other byte as given. */
export function redactUrl(
  objectUrl: string,
  url: ParsedUrl,
  query: Query,
  family: SignatureFamily | null,
): string {
  const path = family?.secretInPath && family.unsignedPath ? family.unsignedPath(url.path) : url.path;
  const front = objectUrl.slice(0, url.pathStart) + path;
  const fragment = fragmentHoldsSecret(url.fragment) ? '' : url.fragment;
  if (url.query === null) return front + fragment;
  const kept = query.params.filter(({ name }) => !isSecretParam(family, name));
  if (kept.length === query.params.length) return `${front}?${url.query}${fragment}`;
  if (kept.length === 0) return front + fragment;
  return `${front}?${kept.map(({ raw }) => raw).join('&')}${fragment}`;
}
