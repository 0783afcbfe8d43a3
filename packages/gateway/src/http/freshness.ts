import { parseHttpDate } from './http-date.js';

/** Milliseconds for which a copy is served unasked, 0 for never; or what the origin says of each object. */
export type Ttl = number | 'origin';

/** "The greatest positive integer that can be conveniently represented", for all that is longer. */
const maxSeconds = 2 ** 31;

/** Of an answer, by lower-case name. */
type Headers = Readonly<Record<string, string>>;

/**
 * How long an answer may be served unasked, in milliseconds. Null: it may not be kept at all.
 * @param now epoch milliseconds
 */
export function lifetimeOf(ttl: Ttl, headers: Headers, now: number): number | null {
  if (ttl === 'origin') return originLifetime(headers, now);
  return ttl > 0 ? ttl : null;
}

/** As a shared cache reads it. @see https://www.rfc-editor.org/rfc/rfc9111#name-freshness */
function originLifetime(headers: Headers, now: number): number | null {
  const directives = readDirectives(headers['cache-control'] ?? '');
  if (directives.has('no-store') || directives.has('private')) return null;
  if (directives.has('no-cache')) return 0;
  return Math.max(0, givenLifetime(directives, headers, now) - ageOf(headers, now));
}

function givenLifetime(directives: ReadonlyMap<string, string>, headers: Headers, now: number): number {
  const seconds = directives.get('s-maxage') ?? directives.get('max-age');
  // "Encouraged to consider responses that have invalid freshness information to be stale."
  if (seconds !== undefined) return /^\d+$/.test(seconds) ? Math.min(Number(seconds), maxSeconds) * 1000 : 0;
  const expires = parseHttpDate(headers['expires']);
  const date = parseHttpDate(headers['date']);
  return Number.isNaN(expires) ? 0 : expires - (Number.isNaN(date) ? now : date);
}

/** An age that cannot be read is one that is too old. */
function ageOf(headers: Headers, now: number): number {
  const ages = (headers['age'] ?? '0').split(',').map((age) => age.trim());
  if (!ages.every((age) => /^\d+$/.test(age))) return Number.POSITIVE_INFINITY;
  const date = parseHttpDate(headers['date']);
  return Math.max(...ages.map((age) => Number(age) * 1000), Number.isNaN(date) ? 0 : now - date);
}

const directive = /([^\s,;="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;

/** By lower-case name; of one that comes twice the first. */
function readDirectives(cacheControl: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of cacheControl.matchAll(directive)) {
    const known = name.toLowerCase();
    if (!found.has(known)) found.set(known, quoted ?? plain);
  }
  return found;
}

const cachingHeaders = ['cache-control', 'expires', 'date', 'age'] as const;

/** Those of an answer on which its lifetime depends. */
export function pickCaching(headers: Headers): Headers {
  return Object.fromEntries(
    cachingHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What holds after an answer 304: what it tells, and what it leaves out but for the age, which is that of the copy. */
export function mergeCaching(stored: Headers, told: Headers): Headers {
  const { date: _date, age: _age, ...lasting } = stored;
  return { ...lasting, ...pickCaching(told) };
}

/**
 * What browsers are told. Private: a copy in a cache that is shared with others would be served past the list of
 * addresses. With the origin's word, never longer than what it allows.
 */
export function browserCacheControl(browserTtlMs: number, lifetimeMs: number | null): string {
  if (lifetimeMs === null) return 'private, no-store';
  const seconds = Math.floor(Math.min(browserTtlMs, lifetimeMs) / 1000);
  return seconds <= 0 ? 'private, no-cache' : `private, max-age=${seconds}`;
}
