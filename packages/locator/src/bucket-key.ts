import type { LocatedUrl } from './locate.js';
import { decodeOrKeep } from './query.js';

export interface BucketKey {
  /** As the identity of its objects begins: `s3://bucket`, `az://account/container`, or `https://host` for a plain host. */
  bucket: string;
  /** As the storage knows it: decoded, without a slash before it. */
  key: string;
}

/** What stands between `://` and the key: the bucket, and before it where bucket names are unique. */
const bucketSegments: Readonly<Record<string, number>> = { s3: 1, gs: 1 };
const OTHER_SEGMENTS = 2;

/** The bucket of an object, and its key there. */
export function bucketKeyOf({ identity }: Pick<LocatedUrl, 'identity'>): BucketKey {
  const [base = ''] = identity.split('?', 1);
  const [scheme = '', rest = ''] = splitOnce(base, '://');
  const count = scheme === 'https' || scheme === 'http' ? 1 : (bucketSegments[scheme] ?? OTHER_SEGMENTS);
  const segments = rest.split('/');
  return {
    bucket: `${scheme}://${segments.slice(0, count).join('/')}`,
    key: decodeOrKeep(segments.slice(count).join('/')),
  };
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + by.length)];
}
