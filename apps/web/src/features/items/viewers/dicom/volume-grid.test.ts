import { expect, test } from 'vitest';
import { centreOf, moved, type VolumeGrid, within } from './volume-grid.js';

const grid: VolumeGrid = {
  volumeId: 'a',
  origin: [-10, -20, 0],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  spacing: [1, 2, 5],
  size: [21, 21, 5],
};

test('the centre is a voxel', () => {
  expect(centreOf(grid)).toEqual([0, 0, 10]);
  expect(centreOf({ ...grid, size: [21, 21, 4] })).toEqual([0, 0, 5]);
});

test('a point beside the volume is taken to its surface', () => {
  expect(within(grid, [100, -100, 3])).toEqual([10, -20, 3]);
});

test('a step goes by the spacing of its axis, and stays inside', () => {
  expect(moved(grid, [0, 0, 10], [0, 0, -1], 1)).toEqual([0, 0, 5]);
  expect(moved(grid, [0, 0, 10], [0, 1, 0], 2)).toEqual([0, 4, 10]);
  expect(moved(grid, [0, 0, 10], [0, 0, 1], 9)).toEqual([0, 0, 20]);
});
