import { expect, test } from 'vitest';
import { describeExpiry, describeFolderExpiry } from './expiry.js';

const now = Date.parse('2026-11-01T12:00:00Z');

test('an exact expiry is told relative to now', () => {
  const text = describeExpiry({ expiresAt: '2026-11-07T13:00:00Z', expiryCertainty: 'exact' }, now);
  expect(text).toMatchObject({ short: 'in 6 days', tone: 'ok' });
});

test('an expiry within a day is marked as soon', () => {
  const text = describeExpiry({ expiresAt: '2026-11-01T15:00:00Z', expiryCertainty: 'exact' }, now);
  expect(text).toMatchObject({ short: 'in 3 hours', tone: 'soon' });
});

test('a dead URL is called expired and says since when', () => {
  const text = describeExpiry({ expiresAt: '2026-10-30T12:00:00Z', expiryCertainty: 'exact' }, now);
  expect(text).toMatchObject({ short: 'expired', tone: 'expired' });
  expect(text.long).toContain('2 days ago');
});

test('an upper bound says that the URL may die sooner', () => {
  const text = describeExpiry({ expiresAt: '2026-11-07T13:00:00Z', expiryCertainty: 'upper-bound' }, now);
  expect(text.short).toBe('in 6 days, may die sooner');
});

test('unknown, unreadable and absent expiries are told apart', () => {
  expect(describeExpiry({ expiresAt: null, expiryCertainty: 'unknown' }, now).short).toBe('unknown');
  expect(describeExpiry({ expiresAt: null, expiryCertainty: 'malformed' }, now).short).toBe('unreadable');
  expect(describeExpiry({ expiresAt: null, expiryCertainty: null }, now).short).toBe('none');
});

test('a folder shows the first URL that dies within a week, or that one is dead', () => {
  const shown = (earliestExpiry: string | null) =>
    describeFolderExpiry({ earliestExpiry }, now)?.short ?? null;
  expect(shown(null)).toBeNull();
  expect(shown('2026-11-09T12:00:00Z')).toBeNull();
  expect(shown('2026-11-03T12:00:00Z')).toBe('first in 2 days');
  expect(shown('2026-11-01T12:00:00Z')).toBe('has expired URLs');
});
