import { describe, expect, it } from 'vitest';
import { parseHttpDate } from './http-date.js';

describe('parseHttpDate', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads %s, whatever the zone of the machine',
    (text) => {
      expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
    },
  );

  it.each([
    undefined,
    null,
    '',
    '0',
    '2020',
    '-1',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 +0100',
    '1994-11-06T08:49:37Z',
  ])('takes %s for no date', (text) => {
    expect(parseHttpDate(text)).toBeNaN();
  });
});
