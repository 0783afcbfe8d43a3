import { expect, test } from 'vitest';
import { expiryQuery, listingOf, queryOf, sortedBy, unfiltered } from './listing.js';

const read = (query: string) => listingOf(new URLSearchParams(query));

test('an empty address lists by name without a filter', () => {
  expect(read('')).toEqual(unfiltered);
  expect(queryOf(read(''))).toEqual({});
});

test('a listing survives the address', () => {
  const listing = read(
    'q=cat&below=1&types=image,pdf&expiry=week&meta=weather+%3D+%22rain%22%0Ascore+%3E+1&order=createdAt&desc=1',
  );
  expect(listing).toEqual({
    search: 'cat',
    isRecursive: true,
    types: ['image', 'pdf'],
    expiry: 'week',
    metadata: ['weather = "rain"', 'score > 1'],
    order: 'createdAt',
    desc: true,
  });
  expect(read(new URLSearchParams(queryOf(listing)).toString())).toEqual(listing);
});

test('types, expiries and orders that do not exist are left out', () => {
  expect(read('types=image,sausage&order=size&expiry=never')).toMatchObject({
    types: ['image'],
    expiry: null,
    order: 'name',
  });
});

test('a second click on a column turns it around, and the newest come first', () => {
  const byName = read('');
  expect(sortedBy(byName, 'name').desc).toBe(true);
  expect(sortedBy(byName, 'createdAt')).toMatchObject({ order: 'createdAt', desc: true });
  expect(sortedBy(sortedBy(byName, 'createdAt'), 'createdAt').desc).toBe(false);
  expect(sortedBy(byName, 'expiresAt')).toMatchObject({ order: 'expiresAt', desc: false });
});

test('a filter by expiry begins or ends now', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(expiryQuery(null, now)).toEqual({});
  expect(expiryQuery('expired', now)).toEqual({ expiresBefore: '2026-03-01T12:00:00.000Z' });
  expect(expiryQuery('unknown', now)).toEqual({ expiryUnknown: true });
  expect(expiryQuery('week', now)).toEqual({
    expiresAfter: '2026-03-01T12:00:00.000Z',
    expiresBefore: '2026-03-08T12:00:00.000Z',
  });
});
