import { type Column, type PointColumns, UnreadableCloud } from './read/point-columns.js';

/** Points as they are drawn and coloured. */
export interface PointCloud {
  readonly format: string;
  /** Points in the file. */
  readonly total: number;
  readonly count: number;
  /** x, y, z of each point, from `origin`: coordinates of a survey are too large for 32-bit floats. */
  readonly positions: Float32Array;
  readonly origin: readonly [number, number, number];
  readonly box: Box;
  /** Red, green and blue of each point, 0 to 255. */
  readonly colours: Uint8Array | null;
  readonly scalars: readonly Scalar[];
}

/** Least and largest corner, from the origin of the cloud. */
export interface Box {
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

export interface Scalar {
  readonly name: string;
  readonly values: Float32Array;
  readonly min: number;
  readonly max: number;
}

/** More are thinned out: each takes some 30 bytes here and as much in the graphics memory. */
export const maxPoints = 4_000_000;
const maxScalars = 6;

export const strideFor = (points: number): number => Math.max(1, Math.ceil(points / maxPoints));

/** Takes each n-th point, leaving out those without a place. Throws `UnreadableCloud` when nothing is left. */
export function buildCloud(points: PointColumns): PointCloud {
  const { columns, count } = points;
  const [x, y, z] = ['x', 'y', 'z'].map((name) => columns.get(name));
  if (!x || !y || !z) throw new UnreadableCloud('The points have no x, y and z.');
  const stride = strideFor(count);
  const kept = placed(count, stride, [x, y, z]);
  const [first] = kept;
  if (first === undefined)
    throw new UnreadableCloud(
      points.total === 0 ? 'The file has no points.' : 'None of the points has a place: all are NaN.',
    );
  const origin = [Math.floor(x(first)), Math.floor(y(first)), Math.floor(z(first))] as const;
  const positions = new Float32Array(kept.length * 3);
  kept.forEach((index, at) => {
    positions[at * 3] = x(index) - origin[0];
    positions[at * 3 + 1] = y(index) - origin[1];
    positions[at * 3 + 2] = z(index) - origin[2];
  });
  return {
    format: points.format,
    total: points.total,
    count: kept.length,
    positions,
    origin,
    box: boxOf(positions),
    colours: coloursOf(points, kept),
    scalars: scalarsOf(columns, kept),
  };
}

function placed(count: number, stride: number, axes: readonly Column[]): Uint32Array {
  const kept = new Uint32Array(Math.ceil(count / stride));
  let length = 0;
  for (let index = 0; index < count; index += stride)
    if (axes.every((axis) => Number.isFinite(axis(index)))) kept[length++] = index;
  return kept.subarray(0, length);
}

function boxOf(positions: Float32Array): Box {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, at) => {
    const axis = (at % 3) as 0 | 1 | 2;
    if (value < min[axis]) min[axis] = value;
    if (value > max[axis]) max[axis] = value;
  });
  return { min, max };
}

const channels = ['red', 'green', 'blue'];

function coloursOf({ columns, colourMax }: PointColumns, kept: Uint32Array): Uint8Array | null {
  const read = channels.map((name) => columns.get(name));
  if (!read.every((column) => column !== undefined)) return null;
  const factor = 255 / (colourMax ?? guessedMax(read, kept));
  const colours = new Uint8Array(kept.length * 3);
  read.forEach((column, channel) => {
    kept.forEach((index, at) => {
      colours[at * 3 + channel] = Math.min(255, column(index) * factor);
    });
  });
  return colours;
}

/** Writers fill 16-bit colours with 8 bits, and floats from 0 to 1: the largest value tells. */
function guessedMax(columns: readonly Column[], kept: Uint32Array): number {
  let largest = 0;
  for (const column of columns) for (const index of kept) largest = Math.max(largest, column(index));
  if (largest <= 1) return 1;
  return largest <= 255 ? 255 : 65_535;
}

function scalarsOf(columns: ReadonlyMap<string, Column>, kept: Uint32Array): Scalar[] {
  const others = [...columns].filter(
    ([name]) => !/^([xyz]|red|green|blue|alpha|n[xyz]|normal_[xyz])$/.test(name),
  );
  return others.slice(0, maxScalars).flatMap(([name, column]) => {
    const values = Float32Array.from(kept, column);
    let min = Infinity;
    let max = -Infinity;
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    // A field that is the same everywhere colours nothing.
    return max > min ? [{ name, values, min, max }] : [];
  });
}
