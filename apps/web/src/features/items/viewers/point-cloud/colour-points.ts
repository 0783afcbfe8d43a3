import type { PointCloud, Scalar } from './point-cloud.js';

type Rgb = readonly [number, number, number];

/** Viridis in nine steps: even in lightness, and told apart by the colour-blind. */
const ramp: readonly Rgb[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];

/** The standard classes of LAS that are common, by number. */
export const classNames: Readonly<Record<number, string>> = {
  0: 'never classified',
  1: 'unclassified',
  2: 'ground',
  3: 'low vegetation',
  4: 'medium vegetation',
  5: 'high vegetation',
  6: 'building',
  7: 'low point',
  9: 'water',
  10: 'rail',
  11: 'road',
  17: 'bridge',
  18: 'high noise',
};
const classColours: readonly Rgb[] = [
  [150, 150, 150],
  [190, 190, 190],
  [176, 124, 76],
  [168, 220, 120],
  [88, 184, 88],
  [34, 136, 68],
  [224, 88, 72],
  [240, 80, 200],
  [210, 210, 90],
  [64, 140, 232],
  [140, 100, 160],
  [120, 130, 150],
];

export const colourOfClass = (value: number): Rgb =>
  classColours[Math.abs(Math.round(value)) % classColours.length] ?? [150, 150, 150];

/** `share` from 0 to 1. */
export function colourOfShare(share: number): Rgb {
  const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1);
  const from = ramp[Math.floor(place)] ?? [0, 0, 0];
  const to = ramp[Math.ceil(place)] ?? from;
  const part = place - Math.floor(place);
  return [0, 1, 2].map((at) => Math.round((from[at] ?? 0) + ((to[at] ?? 0) - (from[at] ?? 0)) * part)) as [
    number,
    number,
    number,
  ];
}

export const isClass = (name: string): boolean => /^(classification|class|label)$/.test(name);

/** By what points can be coloured; the first suits best. */
export function colourings(cloud: PointCloud): string[] {
  const names = cloud.scalars.map(({ name }) => name);
  return [...(cloud.colours ? ['colour'] : []), 'height', ...names];
}

/** The range of values over which the ramp is laid; null for colours and classes. */
export function rangeOf(cloud: PointCloud, by: string): { min: number; max: number } | null {
  if (by === 'height')
    return { min: cloud.box.min[2] + cloud.origin[2], max: cloud.box.max[2] + cloud.origin[2] };
  const scalar = cloud.scalars.find(({ name }) => name === by);
  return !scalar || isClass(by) ? null : { min: scalar.min, max: scalar.max };
}

/** Red, green and blue of each point. */
export function colourPoints(cloud: PointCloud, by: string): Uint8Array {
  if (by === 'colour' && cloud.colours) return cloud.colours;
  const scalar = cloud.scalars.find(({ name }) => name === by) ?? heightOf(cloud);
  const colours = new Uint8Array(cloud.count * 3);
  const table = isClass(by) ? null : Array.from({ length: 256 }, (_, at) => colourOfShare(at / 255));
  const span = scalar.max - scalar.min || 1;
  scalar.values.forEach((value, at) => {
    const colour = table?.[Math.round(((value - scalar.min) / span) * 255)] ?? colourOfClass(value);
    colours.set(colour, at * 3);
  });
  return colours;
}

function heightOf({ positions, count, box }: PointCloud): Scalar {
  const values = Float32Array.from({ length: count }, (_, at) => positions[at * 3 + 2] ?? 0);
  return { name: 'height', values, min: box.min[2], max: box.max[2] };
}
