import { describe, expect, it } from 'vitest';
import { medianOf, percentilesOf } from './percentiles.js';

describe('percentiles', () => {
  it('are samples, whatever their order', () => {
    const samples = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentilesOf(samples)).toEqual({ count: 200, p50: 100, p90: 180, p95: 190, p99: 198, max: 200 });
    expect(percentilesOf([7])).toEqual({ count: 1, p50: 7, p90: 7, p95: 7, p99: 7, max: 7 });
  });

  it('are null without samples', () => {
    expect(percentilesOf([])).toEqual({ count: 0, p50: null, p90: null, p95: null, p99: null, max: null });
  });
});

describe('the median', () => {
  it.each([
    [[3], 3],
    [[3, 1], 2],
    [[9, 1, 2], 2],
    [[4, 1, 2, 9], 3],
  ])('of %j is %d', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});
