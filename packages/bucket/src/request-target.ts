import { S3Error } from './s3-error.js';

/** A request target, taken apart without `URL`, which would resolve `..` and so change the key. */
export interface RequestTarget {
  /** As sent, still percent-encoded, without the query. */
  rawPath: string;
  /** Decoded. */
  path: string;
  /** Decoded, in the order sent, duplicates kept. */
  query: readonly (readonly [name: string, value: string])[];
}

const MAX_TARGET_LENGTH = 8192;

/** @throws {S3Error} `URITooLong`, `InvalidURI` */
export function parseTarget(target: string): RequestTarget {
  if (target.length > MAX_TARGET_LENGTH) {
    throw new S3Error(
      414,
      'URITooLong',
      `The URL has ${target.length} characters: at most ${MAX_TARGET_LENGTH} are read.`,
    );
  }
  const rawPath = pathOf(target);
  if (!rawPath.startsWith('/')) {
    throw new S3Error(400, 'InvalidURI', 'The request target is not a path: it has to begin with "/".');
  }
  const pairs = target
    .slice(rawPath.length + 1)
    .split('&')
    .filter((pair) => pair !== '');
  return { rawPath, path: decode(rawPath), query: pairs.map(decodePair) };
}

/** All before the `?`: never a signature. */
export function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end === -1 ? target : target.slice(0, end);
}

/** The bucket's name, and the key, which is empty for the bucket itself. */
export function splitPath(path: string): { bucket: string; key: string } {
  const end = path.indexOf('/', 1);
  return end === -1
    ? { bucket: path.slice(1), key: '' }
    : { bucket: path.slice(1, end), key: path.slice(end + 1) };
}

function decodePair(pair: string): readonly [string, string] {
  const equals = pair.indexOf('=');
  return equals === -1 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
}

/** S3 reads an unencoded `+` as a space, in the path too. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new S3Error(
      400,
      'InvalidURI',
      'The URL could not be decoded: every "%" needs two hex digits of valid UTF-8.',
    );
  }
}
