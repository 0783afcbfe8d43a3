import { expect, test } from 'vitest';
import { listingOf, queryOf, sortedBy } from './listing.js';

const read = (query: string) => listingOf(new URLSearchParams(query));

test('an empty address lists by name without a filter', () => {
  expect(read('')).toEqual({ search: '', isRecursive: false, types: [], order: 'name', desc: false });
  expect(queryOf(read(''))).toEqual({});
});

test('a listing survives the address', () => {
  const listing = read('q=cat&below=1&types=image,pdf&order=createdAt&desc=1');
  expect(listing).toEqual({
    search: 'cat',
    isRecursive: true,
    types: ['image', 'pdf'],
    order: 'createdAt',
    desc: true,
  });
  expect(read(new URLSearchParams(queryOf(listing)).toString())).toEqual(listing);
});

test('types and orders that do not exist are left out', () => {
  expect(read('types=image,sausage&order=size')).toMatchObject({ types: ['image'], order: 'name' });
});

test('a second click on a column turns it around, and the newest come first', () => {
  const byName = read('');
  expect(sortedBy(byName, 'name').desc).toBe(true);
  expect(sortedBy(byName, 'createdAt')).toMatchObject({ order: 'createdAt', desc: true });
  expect(sortedBy(sortedBy(byName, 'createdAt'), 'createdAt').desc).toBe(false);
});
