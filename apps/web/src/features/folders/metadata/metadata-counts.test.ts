import { expect, test } from 'vitest';
import { changedCount, editEffects, keyCounts } from './metadata-counts.js';

const items = ['{"camera":"left","night":true}', '{"camera":{"a":1,"b":2}}', '{}'].map((clientMetadata) => ({
  clientMetadata,
}));

test('keys are counted, the most common first', () => {
  expect([...keyCounts(items)]).toEqual([
    ['camera', 2],
    ['night', 1],
  ]);
});

test('an edit says what it does to how many items', () => {
  expect(editEffects(items, { set: { camera: 'right', place: 'B1' }, remove: ['night'] })).toEqual([
    'camera is added to 1 item, takes the place of what 2 items had',
    'place is added to 3 items',
    'night is removed from 1 item',
  ]);
});

test('items that are so already are not counted as changed', () => {
  expect(changedCount(items, { set: {}, remove: ['night'] })).toBe(1);
  expect(changedCount(items, { set: { camera: { b: 2, a: 1 } }, remove: [] })).toBe(2);
  expect(changedCount(items, { set: {}, remove: ['absent'] })).toBe(0);
});
