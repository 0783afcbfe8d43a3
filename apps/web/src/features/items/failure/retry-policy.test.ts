import { expect, test } from 'vitest';
import { mayRetry } from './retry-policy.js';

test('the first failure and one long after the last are tried again', () => {
  expect(mayRetry(null, 1000)).toBe(true);
  expect(mayRetry(1000, 4_000_000)).toBe(true);
});

test('a second failure soon after is not tried again', () => {
  expect(mayRetry(1000, 2000)).toBe(false);
});

test('the expiry of a URL of a signer is followed however soon it comes', () => {
  expect(mayRetry(1000, 5000, 5000)).toBe(true);
  expect(mayRetry(1000, 4999, 5000)).toBe(false);
});
