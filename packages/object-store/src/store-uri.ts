import { ObjectStoreError } from './object-store-error.js';

export interface BucketUri {
  readonly kind: 's3' | 'gcs' | 'obs';
  readonly bucket: string;
  readonly prefix: string;
  /** That the URI names. */
  readonly endpoint: string | null;
}

export interface ContainerUri {
  readonly kind: 'azure';
  readonly account: string;
  readonly container: string;
  readonly prefix: string;
}

/** What a URI names. */
export type StoreUri = BucketUri | ContainerUri | { readonly kind: 'directory'; readonly path: string };

const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)\/?(.*)$/s;
const OBS_HOST = /^obs\.[a-z0-9.-]+$/;

/**
 * `s3://bucket/prefix`, `gs://bucket/prefix`, `az://account/container/prefix`, `obs://endpoint/bucket/prefix`, as
 * object identities are written, or the path of a directory. The prefix is taken as it is: nothing is decoded.
 * @throws {ObjectStoreError} `bad_uri`
 */
export function parseStoreUri(uri: string): StoreUri {
  const [, scheme, authority = '', rest = ''] = SHAPE.exec(uri) ?? [];
  if (scheme === undefined) return { kind: 'directory', path: uri };
  if (scheme === 's3' || scheme === 'gs') {
    if (authority === '') throw badUri(uri, `${scheme}://bucket/prefix`);
    return { kind: scheme === 's3' ? 's3' : 'gcs', bucket: authority, prefix: rest, endpoint: null };
  }
  const [first = '', prefix] = cut(rest);
  if (scheme === 'az') {
    if (authority === '' || first === '') throw badUri(uri, 'az://account/container/prefix');
    return { kind: 'azure', account: authority, container: first, prefix };
  }
  if (scheme === 'obs') {
    if (!OBS_HOST.test(authority))
      return { kind: 'obs', bucket: mustHave(authority, uri), prefix: rest, endpoint: null };
    return { kind: 'obs', bucket: mustHave(first, uri), prefix, endpoint: `https://${authority}` };
  }
  throw badUri(uri, 's3://, gs://, az:// or obs://, or a directory');
}

/** Up to the first slash, and what is behind it. */
function cut(path: string): readonly [string, string] {
  const end = path.indexOf('/');
  return end < 0 ? [path, ''] : [path.slice(0, end), path.slice(end + 1)];
}

function mustHave(bucket: string, uri: string): string {
  if (bucket === '') throw badUri(uri, 'obs://obs.eu-de.otc.t-systems.com/bucket/prefix');
  return bucket;
}

const badUri = (uri: string, expected: string) =>
  new ObjectStoreError('bad_uri', `${uri.split(/[?#]/, 1)[0]} names no bucket.`, `Give ${expected}.`);
