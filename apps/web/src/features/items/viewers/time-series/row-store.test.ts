import { describe, expect, it } from 'vitest';
import { extremesOf } from './extremes.js';
import { RowStore } from './row-store.js';

describe('the extremes of a stretch of values', () => {
  it('are given in the order in which they come', () => {
    expect(extremesOf([3, 1, 2, 9], 0, 4)).toEqual([1, 9]);
    expect(extremesOf([9, 1, 2, 3], 0, 4)).toEqual([9, 1]);
    expect(extremesOf([9, 1, 2, 3], 2, 4)).toEqual([2, 3]);
  });

  it('leave gaps out, and are a gap where there is nothing else', () => {
    expect(extremesOf([Number.NaN, 4, Number.NaN], 0, 3)).toEqual([4, 4]);
    expect(extremesOf([Number.NaN, Number.NaN], 0, 2)).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('the store of rows', () => {
  const fill = (count: number, maxRows: number, value: (at: number) => number) => {
    const store = new RowStore(1, { maxRows, maxValues: 1e9 });
    for (let at = 0; at < count; at += 1) store.add(at, [value(at)]);
    return store.end();
  };

  it('keeps all rows while they fit', () => {
    const { times, columns, rowsPerPoint } = fill(5000, 8000, (at) => at * 2);
    expect(rowsPerPoint).toBe(1);
    expect(times.length).toBe(5000);
    expect(columns[0]?.[4999]).toBe(9998);
  });

  it.each([17, 100, 1000, 4097])(
    'keeps the extremes of %i rows in a memory of sixteen, in the order of time',
    (count) => {
      const spike = Math.floor(count * 0.7);
      const { times, columns, rowsPerPoint } = fill(count, 16, (at) => (at === spike ? 999 : Math.sin(at)));
      expect(times.length).toBeLessThanOrEqual(16);
      expect(rowsPerPoint).toBeGreaterThan(1);
      expect(Math.max(...(columns[0] ?? []))).toBe(999);
      expect([...times]).toEqual([...times].sort((a, b) => a - b));
      const at = columns[0]?.indexOf(999) ?? -1;
      // The spike stands within the rows that its point stands for.
      expect(Math.abs((times[at] ?? 0) - spike)).toBeLessThanOrEqual(rowsPerPoint * 2);
    },
  );
});
