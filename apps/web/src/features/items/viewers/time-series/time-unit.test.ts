import { describe, expect, it } from 'vitest';
import { isDate, secondsOf, unitOfHeading, unitOfValue } from './time-unit.js';

describe('a time of the file', () => {
  it('has the unit of its suffix', () => {
    expect(['time_ns', 't_us', 'time_ms', 'T_S', 'time_iso', 'time'].map(unitOfHeading)).toEqual([
      'ns',
      'us',
      'ms',
      's',
      'iso',
      null,
    ]);
  });

  it('has the unit that its first value tells, where the heading tells none', () => {
    expect(
      [
        '12.5',
        '1700000000',
        '1700000000000',
        '1700000000000000',
        '1700000000000000000',
        '2024-01-01T00:00:00Z',
      ].map(unitOfValue),
    ).toEqual(['s', 's', 'ms', 'us', 'ns', 'iso']);
  });

  it('is read in seconds, dates without a zone in UTC', () => {
    expect(secondsOf('1500', 'ms')).toBe(1.5);
    expect(secondsOf(' 2 ', 's')).toBe(2);
    expect(secondsOf('1970-01-01 00:00:10', 'iso')).toBe(10);
    expect(secondsOf('1970-01-01T01:00:10+01:00', 'iso')).toBe(10);
    expect(secondsOf('', 's')).toBeNaN();
    expect(secondsOf('soon', 's')).toBeNaN();
    expect([isDate(1_700_000_000), isDate(3600)]).toEqual([true, false]);
  });
});
