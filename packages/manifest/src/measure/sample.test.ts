import { expect, test } from 'vitest';
import { Sample } from './sample.js';

test('holds all of a few', () => {
  const sample = new Sample<number>(3);
  for (const each of [1, 2]) sample.offer(each);
  expect(sample.values).toEqual([1, 2]);
});

test('chooses each of many with the same chance', () => {
  const counts = new Array<number>(10).fill(0);
  for (let run = 0; run < 4000; run++) {
    const sample = new Sample<number>(2);
    for (let each = 0; each < 10; each++) sample.offer(each);
    for (const each of sample.values) counts[each] = (counts[each] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(200);
});
