import { describe, expect, it } from 'vitest';
import { SeriesReader } from './read-series.js';

function read(...texts: readonly string[]) {
  const reader = new SeriesReader();
  for (const text of texts) reader.push(text);
  return reader.end();
}

describe('the reader of time series', () => {
  it('reads channels by heading, wherever the pieces are cut', () => {
    const text = 'speed,time_ms,"height, m"\n1,0,10\n2,500,20\n3,1000,30\n';
    const whole = read(text);
    expect(read(...text)).toEqual(whole);
    expect(whole).toMatchObject({
      timeHeading: 'time_ms',
      timeUnit: 'ms',
      isDate: false,
      rowCount: 3,
      rowsPerPoint: 1,
    });
    expect([...whole.times]).toEqual([0, 0.5, 1]);
    expect(whole.channels.map(({ heading, values }) => [heading, [...values]])).toEqual([
      ['speed', [1, 2, 3]],
      ['height, m', [10, 20, 30]],
    ]);
  });

  it('takes cells that are no numbers for gaps, and skips rows without a time', () => {
    const series = read('t;a;b\n0;1;x\n;2;2\n2;;3\n3;error;4\n\n');
    expect([...series.times]).toEqual([0, 2, 3]);
    expect(series.channels.map(({ values }) => [...values])).toEqual([
      [1, Number.NaN, Number.NaN],
      [Number.NaN, 3, 4],
    ]);
    expect(series).toMatchObject({ rowCount: 4, skippedCount: 1 });
  });

  it('leaves out columns without numbers and names them', () => {
    const series = read('time,note,a\n0,ok,1\n1,ok,2\n');
    expect(series.leftOut).toEqual(['note']);
    expect(series.channels.map(({ heading }) => heading)).toEqual(['a']);
  });

  it('puts rows in the order of their times', () => {
    const series = read('time,a\n2,20\n1,10\n3,30\n');
    expect([...series.times]).toEqual([1, 2, 3]);
    expect([...(series.channels[0]?.values ?? [])]).toEqual([10, 20, 30]);
  });

  it('reads dates', () => {
    const series = read('timestamp_iso,a\n2024-03-01T10:00:00Z,1\n2024-03-01T10:00:01.5Z,2\n');
    expect(series.isDate).toBe(true);
    expect((series.times[1] ?? 0) - (series.times[0] ?? 0)).toBe(1.5);
  });

  it.each([
    ['', /empty/],
    ['time,a\n', /No row has a time in the column "time"/],
    ['time,a\nnever,1\n', /No row has a time/],
    ['time,a\n0,x\n', /no column has numbers/],
    ['time,a\n0,"1\n', /never closed/],
  ])('refuses %j, and says why', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
