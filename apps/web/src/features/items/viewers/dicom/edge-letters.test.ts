import { expect, test } from 'vitest';
import { edgeLetters, lettersOf } from './edge-letters.js';

test('an axial slice is seen from the feet: its left edge is the right of the patient', () => {
  expect(edgeLetters([0, -1, 0], [0, 0, -1])).toEqual({ top: 'A', bottom: 'P', left: 'R', right: 'L' });
});

test('a coronal slice is seen from the front, a sagittal one from the left', () => {
  expect(edgeLetters([0, 0, 1], [0, -1, 0])).toEqual({ top: 'H', bottom: 'F', left: 'R', right: 'L' });
  expect(edgeLetters([0, 0, 1], [1, 0, 0])).toEqual({ top: 'H', bottom: 'F', left: 'A', right: 'P' });
});

test('an oblique direction has the letters of its largest parts', () => {
  expect(lettersOf([0.8, -0.6, 0])).toBe('LA');
});
