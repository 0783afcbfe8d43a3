import { expect, test } from 'vitest';
import { mediaFacts } from './media-facts.js';

const nothing = { width: null, height: null, duration: null, numPages: null };

test('a video shows its size and its length', () => {
  expect(mediaFacts({ ...nothing, width: 1920, height: 1080, duration: 12.4 })).toBe('1920 × 1080, 0:12');
});

test('a PDF shows its pages', () => {
  expect(mediaFacts({ ...nothing, numPages: 1 })).toBe('1 page');
  expect(mediaFacts({ ...nothing, numPages: 12 })).toBe('12 pages');
});

test('an item that was not measured shows nothing', () => {
  expect(mediaFacts(nothing)).toBeNull();
  expect(mediaFacts({ ...nothing, width: 10 })).toBeNull();
});
