import { OriginError } from '../origin/origin.js';
import { blockBytes } from './blocks.js';
import type { ObjectHead } from './object-head.js';

export interface ReadAnswer {
  head: ObjectHead;
  /** The bytes that the answer has. */
  start: number;
  end: number;
}

/** Headers that describe the bytes and were set by whoever stored them. */
const described = [
  ['content-encoding', 'Content-Encoding'],
  ['content-disposition', 'Content-Disposition'],
  ['content-language', 'Content-Language'],
] as const;

/** Of a 200 or 206. An error for an answer that cannot be put together with others of the same object. */
export function readHead(
  status: number,
  headers: Readonly<Record<string, string>>,
): ReadAnswer | OriginError {
  const { etag = '' } = headers;
  if (!/^"[^"]*"$/.test(etag)) {
    return new OriginError(
      'failed',
      'The origin sends no strong ETag, without which ranges of an object cannot be told to belong together.',
    );
  }
  const bounds = status === 206 ? rangeOf(headers['content-range']) : wholeOf(headers['content-length']);
  if (bounds === null) return new OriginError('failed', 'The origin does not tell how long the object is.');
  const { size, start, end } = bounds;
  if (start % blockBytes !== 0 || (end % blockBytes !== 0 && end !== size)) {
    return new OriginError('failed', 'The origin sent another range than it was asked for.');
  }
  const head = {
    etag,
    size,
    lastModified: headers['last-modified'] ?? null,
    contentType: headers['content-type'] ?? 'application/octet-stream',
    description: descriptionOf(headers),
  };
  return { head, start, end };
}

function descriptionOf(headers: Readonly<Record<string, string>>): string[] {
  return described.flatMap(([name, title]) => {
    const value = headers[name];
    return value === undefined || value === '' ? [] : [title, value];
  });
}

/**
 * What a 304 tells takes the place of what was known. Null if the object was stored anew meanwhile: its bytes may be the
 * same and its type another, of which a 304 of S3 says nothing.
 */
export function headAfter304(
  known: ObjectHead,
  headers: Readonly<Record<string, string>>,
): ObjectHead | null {
  const { 'last-modified': lastModified = known.lastModified, 'content-type': contentType } = headers;
  if (contentType === undefined) return lastModified === known.lastModified ? known : null;
  const description = described.some(([name]) => headers[name] !== undefined)
    ? descriptionOf(headers)
    : known.description;
  return { ...known, lastModified, contentType, description };
}

function rangeOf(contentRange: string | undefined): { size: number; start: number; end: number } | null {
  const [, first, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(contentRange ?? '') ?? [];
  return first === undefined ? null : { size: Number(size), start: Number(first), end: Number(last) + 1 };
}

function wholeOf(contentLength: string | undefined): { size: number; start: number; end: number } | null {
  if (!/^\d{1,15}$/.test(contentLength ?? '')) return null;
  const size = Number(contentLength);
  return { size, start: 0, end: size };
}
