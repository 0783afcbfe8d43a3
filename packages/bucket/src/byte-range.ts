import type { IncomingHttpHeaders } from 'node:http';
import type { StoredObject } from './object-store.js';

/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The range to send; null for the whole object, as S3 answers several ranges, unreadable ones and an `If-Range`
 * that no longer holds.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
export function selectRange(
  headers: IncomingHttpHeaders,
  object: StoredObject,
): ByteRange | 'unsatisfiable' | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (first === undefined || last === undefined || !ifRangeHolds(headers['if-range'], object)) return null;
  if (first === '') return last === '' ? null : suffix(Number(last), object.size);
  const start = Number(first);
  const end = last === '' ? object.size - 1 : Math.min(Number(last), object.size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start < object.size ? { start, end } : 'unsatisfiable';
}

/** 304, 412, or null to go on. */
export function checkConditions(headers: IncomingHttpHeaders, object: StoredObject): 304 | 412 | null {
  const modified = Date.parse(object.lastModified);
  if (headers['if-match'] !== undefined) {
    if (!matches(headers['if-match'], object.etag)) return 412;
  } else if (modified > dateOf(headers['if-unmodified-since'])) return 412;
  if (headers['if-none-match'] !== undefined) {
    return matches(headers['if-none-match'], object.etag) ? 304 : null;
  }
  return modified <= dateOf(headers['if-modified-since']) ? 304 : null;
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };
}

/** "Strong comparison": a weak tag never equals, and a date has to be the very same. */
function ifRangeHolds(ifRange: string | string[] | undefined, { etag, lastModified }: StoredObject): boolean {
  return ifRange === undefined || ifRange === etag || ifRange === lastModified;
}

function matches(list: string, etag: string): boolean {
  return list.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

/** NaN, with which every comparison is false, for an absent or unreadable date. */
function dateOf(value: string | undefined): number {
  return Date.parse(value ?? '');
}
