import type { SignerRule } from './policy.js';
import { ObjectRefusal } from './signer-error.js';

/** Where an object is, in the words of its provider's own tools. */
export interface ObjectPlace {
  /** `s3://bucket`, `gs://bucket`, `az://account/container` or `obs://endpoint/bucket`. */
  readonly bucketUri: string;
  readonly key: string;
  /** That the identity names, of a store that speaks S3. */
  readonly endpoint: string | null;
}

const shape = /^([a-z][a-z0-9]*):\/\/([^/]+)\/(.*)$/s;
/** Providers that speak S3; their identities begin with the endpoint. */
const s3Clones: ReadonlySet<string> = new Set(['wasabi', 'r2', 'spaces', 'b2']);

/** Reads an object identity. Throws `ObjectRefusal` for what cannot be signed. */
export function placeOf(object: string, rule: SignerRule): ObjectPlace {
  const [, scheme = '', authority = '', rest = ''] = shape.exec(object) ?? [];
  if (rest.includes('?'))
    throw unsupported('Versions, generations and snapshots of objects are not signed by this signer.');
  if (scheme === 's3' || scheme === 'gs')
    return { bucketUri: `${scheme}://${authority}`, key: decodeKey(rest), endpoint: null };
  const isContainer = scheme === 'az' || scheme === 'obs';
  const isClone = s3Clones.has(scheme);
  if (!isContainer && !isClone && (scheme !== 'https' || rule.store === null))
    throw unsupported(
      'This signer signs objects of s3://, gs://, az://, obs:// and other stores that speak S3; for the https address of one, its rule must name a store.',
    );
  const [bucket, rawKey] = cut(rest);
  const key = decodeKey(rawKey);
  if (isContainer) return { bucketUri: `${scheme}://${authority}/${bucket}`, key, endpoint: null };
  return { bucketUri: `s3://${bucket}`, key, endpoint: isClone ? `https://${authority}` : null };
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
    throw unsupported('The key is not text in UTF-8.');
  }
}

const unsupported = (message: string) => new ObjectRefusal('unsupported', message);
