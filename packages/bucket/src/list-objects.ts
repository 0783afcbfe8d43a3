import type { Exchange } from './exchange.js';
import type { ObjectStore } from './object-store.js';
import type { RequestTarget } from './request-target.js';
import { escapeXml, S3Error } from './s3-error.js';

interface ListRequest {
  bucket: string;
  query: RequestTarget['query'];
}

const MOST_KEYS = 1000;

/**
 * Answers `ListObjectsV2`, without a delimiter.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listObjects(exchange: Exchange, store: ObjectStore, { bucket, query }: ListRequest): void {
  const { method } = exchange.request;
  if (method !== 'GET') throw new S3Error(405, 'MethodNotAllowed', `A bucket cannot be asked by ${method}.`);
  const parameters = new Map(query);
  if (parameters.get('list-type') !== '2') {
    throw new S3Error(501, 'NotImplemented', 'This bucket lists objects by list-type=2 only.');
  }
  if (parameters.has('delimiter')) {
    throw new S3Error(501, 'NotImplemented', 'This bucket knows no delimiter.');
  }
  const prefix = parameters.get('prefix') ?? '';
  const token = parameters.get('continuation-token');
  const after = token === undefined ? (parameters.get('start-after') ?? '') : decodeToken(token);
  const maxKeys = readMaxKeys(parameters.get('max-keys'));
  const write = parameters.get('encoding-type') === 'url' ? encodeKey : escapeXml;

  const found = store.keys().filter((key) => key.startsWith(prefix) && isBehind(key, after));
  const page = found.slice(0, maxKeys);
  const isTruncated = found.length > page.length;
  const last = page.at(-1);
  exchange.sendXml(
    200,
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
      `<Name>${bucket}</Name><Prefix>${write(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>`,
      `<MaxKeys>${maxKeys}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>`,
      isTruncated && last !== undefined
        ? `<NextContinuationToken>${encodeToken(last)}</NextContinuationToken>`
        : '',
      ...page.map((key) => contents(store, key, write(key))),
      '</ListBucketResult>',
    ].join(''),
  );
}

function contents(store: ObjectStore, key: string, written: string): string {
  const object = store.get(key);
  if (object === undefined) return '';
  return (
    `<Contents><Key>${written}</Key><LastModified>${new Date(object.lastModified).toISOString()}</LastModified>` +
    `<ETag>${escapeXml(object.etag)}</ETag><Size>${object.size}</Size><StorageClass>STANDARD</StorageClass></Contents>`
  );
}

const isBehind = (key: string, after: string): boolean =>
  after === '' || Buffer.from(key).compare(Buffer.from(after)) > 0;

/** As S3: a plus for a space, slashes as they are. */
const encodeKey = (key: string): string =>
  encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');

const encodeToken = (key: string): string => Buffer.from(key).toString('base64url');
const decodeToken = (token: string): string => Buffer.from(token, 'base64url').toString();

function readMaxKeys(text: string | undefined): number {
  if (text === undefined) return MOST_KEYS;
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), MOST_KEYS);
  throw new S3Error(400, 'InvalidArgument', 'max-keys must be a whole number.', { ArgumentName: 'max-keys' });
}
