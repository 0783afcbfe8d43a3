import { expect, test } from 'vitest';
import { emptySelection, extendedTo, toggled, toggledAll } from './selection.js';

const order = ['a', 'b', 'c', 'd', 'e'];

test('a key is selected and deselected', () => {
  const once = toggled(emptySelection, 'b');
  expect([...once.keys]).toEqual(['b']);
  expect(toggled(once, 'b').keys.size).toBe(0);
});

test('a range goes from the anchor in both directions and keeps the anchor', () => {
  const down = extendedTo(toggled(emptySelection, 'b'), order, 'd');
  expect([...down.keys]).toEqual(['b', 'c', 'd']);
  expect(down.anchor).toBe('b');
  const up = extendedTo(down, order, 'a');
  expect([...up.keys].sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('a range without an anchor selects the one key', () => {
  expect([...extendedTo(emptySelection, order, 'c').keys]).toEqual(['c']);
});

test('a range from an anchor that is gone selects the one key', () => {
  expect([...extendedTo({ keys: new Set(), anchor: 'x' }, order, 'c').keys]).toEqual(['c']);
});

test('select all selects what is loaded, and again nothing', () => {
  const all = toggledAll(emptySelection, order);
  expect(all.keys.size).toBe(5);
  expect(toggledAll(all, order).keys.size).toBe(0);
  expect(toggledAll(emptySelection, []).keys.size).toBe(0);
});
