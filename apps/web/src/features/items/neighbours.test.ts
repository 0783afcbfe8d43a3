import { expect, test } from 'vitest';
import { neighboursIn, siblingsOfState } from './neighbours.js';

test('an item inside of a list has both neighbours', () => {
  expect(neighboursIn(['a', 'b', 'c'], 'b')).toEqual({ previous: 'a', next: 'c' });
});

test('the ends of a list have one neighbour, an unknown item none', () => {
  expect(neighboursIn(['a', 'b'], 'a')).toEqual({ previous: null, next: 'b' });
  expect(neighboursIn(['a'], 'x')).toBeNull();
});

test('a history state of any form gives a list of strings', () => {
  expect(siblingsOfState({ siblings: ['a', 1, 'b'] })).toEqual(['a', 'b']);
  expect(siblingsOfState(null)).toEqual([]);
  expect(siblingsOfState('x')).toEqual([]);
});
