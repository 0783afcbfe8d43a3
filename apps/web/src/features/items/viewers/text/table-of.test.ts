import { expect, test } from 'vitest';
import { tableOf } from './table-of.js';

test('a CSV is its headings and its rows', () => {
  expect(tableOf('a;b\n1;"x;y"\n\n2;z', true)).toEqual({
    headings: ['a', 'b'],
    rows: [
      ['1', 'x;y'],
      ['2', 'z'],
    ],
    problem: null,
  });
});

test('the last row of a part may be cut, and is left out', () => {
  expect(tableOf('a,b\n1,2\n3,', false).rows).toEqual([['1', '2']]);
});

test('a quote that is never closed is told, and what is before it shown', () => {
  const table = tableOf('a,b\n1,2\n3,"4\n', true);
  expect(table.rows).toEqual([['1', '2']]);
  expect(table.problem).toMatch(/never closed/);
});
