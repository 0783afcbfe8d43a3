import { describe, expect, it } from 'vitest';
import { colourings, colourOfShare, colourPoints, rangeOf } from './colour-points.js';
import { buildCloud, maxPoints, strideFor } from './point-cloud.js';
import type { PointColumns } from './read/point-columns.js';

const points = (columns: Record<string, (index: number) => number>, count: number): PointColumns => ({
  format: 'test',
  count,
  total: count,
  columns: new Map(Object.entries(columns)),
});

const line = points(
  { x: (index) => 4_000_000.25 + index, y: () => 0, z: (index) => 10 * index, intensity: (index) => index },
  3,
);

describe('a point cloud', () => {
  it('keeps places far from zero exact, by an origin near the points', () => {
    const { positions, origin } = buildCloud(line);
    expect(origin).toEqual([4_000_000, 0, 0]);
    expect([...positions]).toEqual([0.25, 0, 0, 1.25, 0, 10, 2.25, 0, 20]);
  });

  it('leaves out points without a place', () => {
    const cloud = buildCloud(
      points({ x: (index) => (index === 1 ? Number.NaN : index), y: () => 0, z: () => 0 }, 3),
    );
    expect(cloud).toMatchObject({ count: 2, total: 3 });
    expect([...cloud.positions]).toEqual([0, 0, 0, 2, 0, 0]);
  });

  it.each([
    [points({ x: () => 1, y: () => 1 }, 3), /no x, y and z/],
    [points({ x: () => Number.NaN, y: () => 1, z: () => 1 }, 3), /all are NaN/],
    [points({ x: () => 1, y: () => 1, z: () => 1 }, 0), /no points/],
  ])('refuses what leaves nothing to draw', (given, message) => {
    expect(() => buildCloud(given)).toThrow(message);
  });

  it('is thinned out to the most that is drawn', () => {
    expect(strideFor(maxPoints)).toBe(1);
    expect(strideFor(maxPoints + 1)).toBe(2);
    const many = maxPoints * 2 + 1;
    const cloud = buildCloud(points({ x: (index) => index, y: () => 0, z: () => 0 }, many));
    expect(cloud.total).toBe(many);
    expect(cloud.count).toBe(Math.ceil(many / 3));
    expect(cloud.box.max[0]).toBe(3 * (cloud.count - 1));
  });

  it.each([
    [1, 0.5, 127],
    [255, 128, 128],
    [65_535, 32_768, 127],
  ])('scales colours whose largest value is %i to bytes', (largest, value, byte) => {
    const cloud = buildCloud(
      points(
        {
          x: (index) => index,
          y: () => 0,
          z: () => 0,
          red: () => value,
          green: () => 0,
          blue: () => largest,
        },
        1,
      ),
    );
    expect([...(cloud.colours ?? [])]).toEqual([byte, 0, 255]);
  });
});

describe('the colours of points', () => {
  it('offers height and each field that differs from point to point', () => {
    const cloud = buildCloud({
      ...line,
      columns: new Map([...line.columns, ['classification', () => 2]]),
    });
    expect(colourings(cloud)).toEqual(['height', 'intensity']);
  });

  it('lays the ramp from the least to the largest value', () => {
    const cloud = buildCloud(line);
    const colours = [...colourPoints(cloud, 'height')];
    expect(colours.slice(0, 3)).toEqual(colourOfShare(0));
    expect(colours.slice(6)).toEqual(colourOfShare(1));
    expect(rangeOf(cloud, 'height')).toEqual({ min: 0, max: 20 });
  });

  it('gives each class a colour of its own, and no range', () => {
    const cloud = buildCloud({
      ...line,
      columns: new Map([...line.columns, ['classification', (index) => 2 + index]]),
    });
    const colours = [...colourPoints(cloud, 'classification')];
    expect(new Set([0, 3, 6].map((at) => colours.slice(at, at + 3).join())).size).toBe(3);
    expect(rangeOf(cloud, 'classification')).toBeNull();
  });
});
