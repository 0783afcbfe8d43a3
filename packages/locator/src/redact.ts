import { parseObjectUrl } from './parse-url.js';
import { parseQuery } from './query.js';
import { isSecretName } from './secret-names.js';
import { belongsTo, findSignatureFamilies, type SignatureFamily } from './signature-families.js';

/** Whether a parameter grants access, or belongs to what does. */
export function isSecretParam(families: readonly SignatureFamily[], name: string): boolean {
  return belongsTo(families, name) || isSecretName(name);
}

/** A key with an unescaped `#` puts the query of the signed URL into the fragment. */
export function fragmentHoldsSecret(fragment: string): boolean {
  if (!fragment.includes('=')) return false;
  return parseQuery(fragment.replace(/[#?]/g, '&')).params.some(({ name }) => isSecretName(name));
}

/** The object URL with its secrets cut out and every other byte as given; null for text that is no such URL. */
export function redactUrl(objectUrl: string): string | null {
  const result = parseObjectUrl(objectUrl);
  if (!result.ok) return null;
  const url = result.parsed;
  const query = parseQuery(url.query);
  const families = findSignatureFamilies(url, query);
  const path = families.reduce(
    (path, { secretInPath, unsignedPath }) => (secretInPath && unsignedPath ? unsignedPath(path) : path),
    url.path,
  );
  const front = objectUrl.slice(0, url.pathStart) + path;
  const fragment = fragmentHoldsSecret(url.fragment) ? '' : url.fragment;
  if (url.query === null) return front + fragment;
  const kept = query.params.filter(({ name }) => !isSecretParam(families, name));
  if (kept.length === query.params.length) return `${front}?${url.query}${fragment}`;
  if (kept.length === 0) return front + fragment;
  return `${front}?${kept.map(({ raw }) => raw).join('&')}${fragment}`;
}
