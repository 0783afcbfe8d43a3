import { expect, test } from 'vitest';
import {
  countOf,
  formatBytes,
  formatDuration,
  formatElapsed,
  formatExpiry,
  formatRelative,
} from './format.js';

const now = Date.parse('2026-05-05T12:00:00Z');

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_499, '999 kB'],
  [999_999, '1.0 MB'],
  [5_468_354, '5.5 MB'],
  [8 * 1024 ** 3, '8.6 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0:00'],
  [7.4, '0:07'],
  [59.6, '1:00'],
  [3723, '1:02:03'],
])('%d seconds of media are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [-5, '0.0 s'],
  [400, '0.4 s'],
  [9_970, '10 s'],
  [59_700, '1 min 0 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
])('%d milliseconds of waiting are %s', (milliseconds, text) => {
  expect(formatElapsed(milliseconds)).toBe(text);
});

test.each([
  ['2026-05-05T12:00:00Z', 'now'],
  ['2026-05-05T15:30:00Z', 'in 3 hours'],
  ['2026-05-03T11:00:00Z', '2 days ago'],
])('%s is %s', (timestamp, text) => {
  expect(formatRelative(timestamp, now)).toBe(text);
});

test('an expiry says whether it is over', () => {
  expect(formatExpiry('2026-05-05T15:00:00Z', now)).toBe('expires in 3 hours');
  expect(formatExpiry('2026-05-05T11:00:00Z', now)).toBe('expired 1 hour ago');
  expect(formatExpiry(null, now)).toBe('no expiry');
});

test('counts take the singular for one', () => {
  expect([countOf(1, 'file'), countOf(2000, 'file'), countOf(0, 'entry', 'entries')]).toEqual([
    '1 file',
    '2,000 files',
    '0 entries',
  ]);
});
