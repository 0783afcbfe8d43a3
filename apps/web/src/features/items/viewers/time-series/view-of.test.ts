import { describe, expect, it } from 'vitest';
import type { Series } from './read-series.js';
import { fullRange, indexAt, pannedRange, viewOf, zoomedRange } from './view-of.js';

const series = (times: readonly number[], values: readonly number[]): Series => ({
  times: Float64Array.from(times),
  isDate: false,
  timeHeading: 'time',
  timeUnit: 's',
  channels: [{ heading: 'a', values: Float64Array.from(values) }],
  rowCount: times.length,
  skippedCount: 0,
  rowsPerPoint: 1,
  leftOut: [],
});
const count = 100_000;
const long = series(
  Array.from({ length: count }, (_, at) => at),
  Array.from({ length: count }, (_, at) => (at === 70_001 ? 50 : at % 2)),
);

describe('the view of a series', () => {
  it('finds the first row that is not before a time', () => {
    const times = Float64Array.from([1, 2, 2, 5]);
    expect([0, 2, 3, 9].map((time) => indexAt(times, time))).toEqual([0, 1, 3, 4]);
  });

  it('shows each row of a short range, one more to each side, and gaps as null', () => {
    const view = viewOf(series([0, 1, 2, 3, 4], [0, 1, Number.NaN, 3, 4]), { min: 2, max: 2.5 }, 100);
    expect(view).toEqual({ times: [1, 2, 3], values: [[1, null, 3]] });
  });

  it('thins a long range out and keeps its peaks', () => {
    const view = viewOf(long, fullRange(long), 500);
    expect(view.times.length).toBe(1000);
    expect(Math.max(...(view.values[0] ?? []).map(Number))).toBe(50);
    expect(view.times).toEqual([...view.times].sort((a, b) => a - b));
  });

  it('zooms about a place and stays within the whole', () => {
    const full = { min: 0, max: 100 };
    expect(zoomedRange(full, full, 2, 50)).toEqual({ min: 25, max: 75 });
    expect(zoomedRange({ min: 25, max: 75 }, full, 0.1, 50)).toEqual(full);
    expect(pannedRange({ min: 25, max: 75 }, full, 1)).toEqual({ min: 50, max: 100 });
    expect(pannedRange({ min: 25, max: 75 }, full, -0.2)).toEqual({ min: 15, max: 65 });
  });
});
