import { describe, expect, it } from 'vitest';
import { browserCacheControl, lifetimeOf, mergeCaching } from './freshness.js';

const now = Date.UTC(2026, 2, 1, 12, 0, 0);
const date = (seconds: number) => new Date(now + seconds * 1000).toUTCString();

describe('lifetimeOf with the word of the origin', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['max-age', { 'cache-control': 'public, max-age=60' }, 60_000],
    ['s-maxage before max-age', { 'cache-control': 'max-age=60, s-maxage=5' }, 5000],
    ['names in any case', { 'cache-control': 'MAX-AGE="60"' }, 60_000],
    ['the first of two', { 'cache-control': 'max-age=1, max-age=60' }, 1000],
    ['nothing in the value of another directive', { 'cache-control': 'x="max-age=60", max-age=1' }, 1000],
    [
      'an unreadable max-age as stale, also beside Expires',
      { 'cache-control': 'max-age=a', expires: date(9) },
      0,
    ],
    ['Expires by the clock of the origin', { expires: date(-30), date: date(-90) }, 60_000 - 90_000],
    ['Expires', { expires: date(30), date: date(0) }, 30_000],
    ['Expires without Date', { expires: date(30) }, 30_000],
    ['Expires that is no date', { expires: '0' }, 0],
    ['the age that it had', { 'cache-control': 'max-age=60', age: '50' }, 10_000],
    ['the age by its date', { 'cache-control': 'max-age=60', date: date(-50) }, 10_000],
    ['the highest of several ages', { 'cache-control': 'max-age=60', age: '0, 50' }, 10_000],
    ['an age that is none as too old', { 'cache-control': 'max-age=60', age: '-7' }, 0],
    ['spaces around "=" as no value', { 'cache-control': 'max-age = 60' }, 0],
    ['a max-age beyond all counting', { 'cache-control': 'max-age=99999999999999' }, 2 ** 31 * 1000],
    ['no word at all', {}, 0],
    ['no-cache', { 'cache-control': 'no-cache, max-age=60' }, 0],
    ['no-store', { 'cache-control': 'no-store, max-age=60' }, null],
    ['private', { 'cache-control': 'private="x", max-age=60' }, null],
  ])('reads %s', (_name, headers, expected) => {
    expect(lifetimeOf('origin', headers, now)).toBe(expected === null ? null : Math.max(0, expected));
  });

  it('is not asked where the configuration says it', () => {
    expect(lifetimeOf(1000, { 'cache-control': 'no-store' }, now)).toBe(1000);
    expect(lifetimeOf(0, { 'cache-control': 'max-age=60' }, now)).toBeNull();
  });
});

it('a 304 tells what it names anew, and begins a new age', () => {
  const stored = { 'cache-control': 'max-age=60', expires: 'x', age: '50', date: date(-99) };
  expect(mergeCaching(stored, { etag: '"1"' })).toEqual({ 'cache-control': 'max-age=60', expires: 'x' });
  expect(mergeCaching(stored, { 'cache-control': 'max-age=5', age: '1' })).toMatchObject({
    'cache-control': 'max-age=5',
    age: '1',
  });
});

it.each([
  [300_000, 60_000, 'private, max-age=60'],
  [300_000, 3_600_000, 'private, max-age=300'],
  [300_000, 0, 'private, no-cache'],
  [300_000, null, 'private, no-store'],
])('browsers that may keep for %d of %s ms are told %s', (ttl, lifetime, told) => {
  expect(browserCacheControl(ttl, lifetime)).toBe(told);
});
