import { expect, test } from 'vitest';
import { orderSlices, type Placement, volumeObstacle } from './placement.js';

const slice = (z: number, change: Partial<Placement> = {}): Placement => ({
  position: [0, 0, z],
  orientation: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  spacing: [1, 1],
  rows: 10,
  columns: 12,
  instanceNumber: null,
  ...change,
});
const zs = (slices: readonly Placement[]) => slices.map(({ position }) => position?.[2]);

test('slices are ordered along their normal, whatever their numbers say', () => {
  const listed = [slice(5, { instanceNumber: 1 }), slice(0, { instanceNumber: 2 }), slice(2.5)];
  expect(zs(orderSlices(listed, (one) => one))).toEqual([0, 2.5, 5]);
});

test('slices without a position are ordered by number, else they stay as listed', () => {
  const numbered = [3, 1, 2].map((instanceNumber) =>
    slice(0, { position: null, orientation: null, instanceNumber }),
  );
  expect(orderSlices(numbered, (one) => one).map(({ instanceNumber }) => instanceNumber)).toEqual([1, 2, 3]);
  expect(orderSlices(['b', 'a'], () => null)).toEqual(['b', 'a']);
});

test('localizers of several directions are ordered by number', () => {
  const turned = slice(0, {
    orientation: [
      [0, 1, 0],
      [0, 0, -1],
    ],
    instanceNumber: 1,
  });
  const listed = [slice(1, { instanceNumber: 2 }), turned];
  expect(orderSlices(listed, (one) => one)[0]).toBe(turned);
});

test('evenly spaced slices of one size and direction make a volume', () => {
  expect(volumeObstacle([slice(0), slice(2.5), slice(5.01)])).toBeNull();
});

test.each([
  [[slice(0), slice(1)], /at least three/],
  [[slice(0), slice(1, { position: null }), slice(2)], /slice 2 has no ImagePositionPatient/],
  [[slice(0), slice(1), slice(2, { spacing: null })], /slice 3 has no PixelSpacing/],
  [[slice(0), slice(1, { rows: 11 }), slice(2)], /slice 2 has 12 × 11 pixels, and the first one 12 × 10/],
  [[slice(0), slice(1, { spacing: [1, 2] }), slice(2)], /another PixelSpacing/],
  [[slice(0), slice(1), slice(1)], /slices 2 and 3 lie at the same place/],
  [[slice(0), slice(1), slice(2), slice(4)], /slices 3 and 4 are 2\.0 mm apart, the others 1\.0 mm/],
  [[slice(0), null, slice(2)], /slice 2 has no tags/],
])('says what keeps slices from being a volume: %#', (slices, reason) => {
  expect(volumeObstacle(slices)).toMatch(reason);
});
