import type { ObjectVersion } from '@latchkey/object-store/object-store';
import type { SignerRule } from './policy.js';
import { ObjectRefusal } from './signer-error.js';

/** Where an object is, in the words of its provider's own tools. */
export interface ObjectPlace {
  /** `s3://bucket`, `gs://bucket`, `az://account/container` or `obs://endpoint/bucket`. */
  readonly bucketUri: string;
  readonly key: string;
  /** The parameter that selects one; empty: the current one. */
  readonly version: ObjectVersion;
  /** That the identity names, of a store that speaks S3. */
  readonly endpoint: string | null;
}

const shape = /^([a-z][a-z0-9]*):\/\/([^/]+)\/([^?]*)(?:\?(.*))?$/s;
/** Providers that speak S3; their identities begin with the endpoint. */
const s3Clones: ReadonlySet<string> = new Set(['wasabi', 'r2', 'spaces', 'b2']);
/** What selects one of the versions of an object; S3 and what speaks it has `versionId`. */
const versionParameters: Readonly<Record<string, readonly string[]>> = {
  gs: ['generation'],
  az: ['versionid', 'snapshot'],
};

/** Reads an object identity. Throws `ObjectRefusal` for what cannot be signed. */
export function placeOf(object: string, rule: SignerRule): ObjectPlace {
  const [, scheme = '', authority = '', rest = '', query] = shape.exec(object) ?? [];
  const version = query === undefined ? {} : versionIn(query, scheme);
  if (scheme === 's3' || scheme === 'gs')
    return { bucketUri: `${scheme}://${authority}`, key: decodeKey(rest), version, endpoint: null };
  const isContainer = scheme === 'az' || scheme === 'obs';
  const isClone = s3Clones.has(scheme);
  if (!isContainer && !isClone && (scheme !== 'https' || rule.store === null))
    throw unsupported(
      'This signer signs objects of s3://, gs://, az://, obs:// and other stores that speak S3; for the https address of one, its rule must name a store.',
    );
  const [bucket, rawKey] = cut(rest);
  const key = decodeKey(rawKey);
  if (isContainer) return { bucketUri: `${scheme}://${authority}/${bucket}`, key, version, endpoint: null };
  return { bucketUri: `s3://${bucket}`, key, version, endpoint: isClone ? `https://${authority}` : null };
}

/** One parameter, spelt as its store spells it: any other would choose something else than an object. */
function versionIn(query: string, scheme: string): ObjectVersion {
  const allowed = versionParameters[scheme] ?? ['versionId'];
  const equals = query.indexOf('=');
  const name = query.slice(0, Math.max(equals, 0));
  const value = decode(query.slice(equals + 1));
  if (allowed.includes(name) && value !== '' && !query.includes('&')) return { [name]: value };
  throw unsupported(
    `Of what may follow "?", this signer signs ${allowed.join(' or ')} of objects of ${scheme}, and one at a time.`,
  );
}

function cut(path: string): readonly [string, string] {
  const end = path.indexOf('/');
  if (end > 0) return [path.slice(0, end), path.slice(end + 1)];
  throw unsupported('The object has no bucket, or no key in it.');
}

function decodeKey(path: string): string {
  const key = decode(path);
  // Browsers resolve these in a URL, and so would ask for another object than the one that is signed.
  if (key.split('/').some((part) => part === '.' || part === '..'))
    throw unsupported('The key has a part "." or "..", which browsers do not send.');
  if (key === '') throw unsupported('The object has no key.');
  return key;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw unsupported('The key or the version is not text in UTF-8.');
  }
}

const unsupported = (message: string) => new ObjectRefusal('unsupported', message);
