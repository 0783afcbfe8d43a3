import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectHead } from '../cache/object-head.js';
import { parseHttpDate } from './http-date.js';

/** First byte, and the one behind the last. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * 304, 412, or null to go on.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions
 */
export function checkConditions(headers: IncomingHttpHeaders, head: ObjectHead): 304 | 412 | null {
  const modified = parseHttpDate(head.lastModified);
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!matchesStrongly(ifMatch, head.etag)) return 412;
  } else if (modified > parseHttpDate(headers['if-unmodified-since'])) return 412;
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return matchesWeakly(ifNoneMatch, head.etag) ? 304 : null;
  return modified <= parseHttpDate(headers['if-modified-since']) ? 304 : null;
}

export function hasConditions(headers: IncomingHttpHeaders): boolean {
  return (
    headers['if-none-match'] !== undefined ||
    headers['if-modified-since'] !== undefined ||
    headers['if-match'] !== undefined ||
    headers['if-unmodified-since'] !== undefined
  );
}

/**
 * The range to send; null for the whole object, which answers several ranges, unreadable ones, and an `If-Range` that
 * no longer holds.
 */
export function selectRange(
  headers: IncomingHttpHeaders,
  head: ObjectHead,
): ByteRange | 'unsatisfiable' | null {
  const asked = askedRange(headers.range);
  if (asked === null || !ifRangeHolds(headers['if-range'], head)) return null;
  if (asked.kind === 'suffix') {
    if (asked.length === 0 || head.size === 0) return 'unsatisfiable';
    return { start: Math.max(0, head.size - asked.length), end: head.size };
  }
  if (asked.start >= head.size) return 'unsatisfiable';
  return { start: asked.start, end: Math.min(asked.end, head.size) };
}

export type AskedRange =
  | { kind: 'suffix'; length: number }
  /** `end` is infinite for an open one. */
  | { kind: 'from'; start: number; end: number };

/** Of the Range header alone; null for several ranges and for what is none. */
export function askedRange(range: string | undefined): AskedRange | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(range ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  if (first === '') return { kind: 'suffix', length: Number(last) };
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last) + 1;
  return Number(first) < end ? { kind: 'from', start: Number(first), end } : null;
}

/** "Strong comparison": a weak tag never equals, and a date has to be the very same. */
function ifRangeHolds(ifRange: string | string[] | undefined, { etag, lastModified }: ObjectHead): boolean {
  return ifRange === undefined || ifRange === etag || ifRange === lastModified;
}

/** A tag may hold commas. */
const tagsOf = (list: string): string[] => list.match(/(?:W\/)?"[^"]*"|\*/g) ?? [];

const matchesStrongly = (list: string, etag: string): boolean =>
  tagsOf(list).some((tag) => tag === '*' || tag === etag);

const matchesWeakly = (list: string, etag: string): boolean =>
  tagsOf(list).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
