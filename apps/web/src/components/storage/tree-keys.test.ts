import { expect, test } from 'vitest';
import { treeMove } from './tree-keys.js';

const rows = [
  { level: 1, isExpanded: true },
  { level: 2, isExpanded: false },
  { level: 2, isExpanded: null },
  { level: 1, isExpanded: false },
];

test('up and down go over the visible rows and stop at the ends', () => {
  expect(treeMove('ArrowDown', rows, 0)).toEqual({ to: 1 });
  expect(treeMove('ArrowUp', rows, 0)).toBeNull();
  expect(treeMove('ArrowDown', rows, 3)).toBeNull();
  expect(treeMove('Home', rows, 2)).toEqual({ to: 0 });
  expect(treeMove('End', rows, 0)).toEqual({ to: 3 });
});

test('right opens a closed folder, then goes to its first child', () => {
  expect(treeMove('ArrowRight', rows, 1)).toEqual({ expand: 1 });
  expect(treeMove('ArrowRight', rows, 0)).toEqual({ to: 1 });
  expect(treeMove('ArrowRight', rows, 2)).toBeNull();
});

test('left closes an open folder, else goes to its parent', () => {
  expect(treeMove('ArrowLeft', rows, 0)).toEqual({ collapse: 0 });
  expect(treeMove('ArrowLeft', rows, 2)).toEqual({ to: 0 });
  expect(treeMove('ArrowLeft', rows, 3)).toBeNull();
});

test('Enter selects and other keys do nothing', () => {
  expect(treeMove('Enter', rows, 2)).toEqual({ select: 2 });
  expect(treeMove('a', rows, 2)).toBeNull();
  expect(treeMove('ArrowDown', [], 0)).toBeNull();
});
