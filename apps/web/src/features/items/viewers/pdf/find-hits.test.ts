import { expect, test } from 'vitest';
import { findHits, stepped } from './find-hits.js';

test('a query is found whatever its case and the breaks of lines', () => {
  expect(findHits('The Frame\nrate is a frame  Rate', 'frame RATE')).toEqual([4]);
  expect(findHits('aaaa', 'aa')).toEqual([0, 2]);
  expect(findHits('anything', '  ')).toEqual([]);
});

test('letters whose small form is longer do not shift what is found', () => {
  expect(findHits('İİ then this', 'this')).toEqual([8]);
});

test('the next of the last hit is the first', () => {
  expect([stepped(2, 1, 3), stepped(0, -1, 3), stepped(0, 1, 0)]).toEqual([0, 2, 0]);
});
