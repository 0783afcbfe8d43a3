import { expect, test } from 'vitest';
import { comparisonOf, parseMetadataCondition, writeMetadataCondition } from './metadata-filter.js';

test.each([
  ['weather = "rain"', { key: 'weather', operator: '=', values: ['rain'] }],
  ['video.score>=-0.5', { key: 'video.score', operator: '>=', values: [-0.5] }],
  [' "two words" in ["a", "b"] ', { key: 'two words', operator: 'in', values: ['a', 'b'] }],
  ['night = true', { key: 'night', operator: '=', values: [true] }],
  ['index exists', { key: 'index', operator: 'exists', values: [] }],
  ['note = "a = \\"b\\" exists"', { key: 'note', operator: '=', values: ['a = "b" exists'] }],
] as const)('%s is read, and comes back as it is written', (text, condition) => {
  expect(parseMetadataCondition(text)).toEqual(condition);
  expect(parseMetadataCondition(writeMetadataCondition(condition))).toEqual(condition);
});

test.each([
  '',
  'weather',
  'weather = rain',
  'weather in "rain"',
  'weather in []',
  'a b = 1',
  'a = {"b": 1}',
  'a = null',
  'a != 1',
  '= 1',
])('%s is no condition', (text) => {
  expect(parseMetadataCondition(text)).toBeNull();
});

test('a key is compared by what its type holds', () => {
  expect(comparisonOf({ ty: 'variant', hint: 'datetime' })).toBe('moment');
  expect(comparisonOf({ ty: 'embedding', size: 3 })).toBe('presence');
  expect(comparisonOf({ ty: 'tombstone' })).toBeNull();
});
