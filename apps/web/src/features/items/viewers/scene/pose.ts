/** 16 numbers, row by row: places and directions of one frame of reference in another. */
export type Matrix = readonly number[];

export const identity: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const numbersOf = (value: unknown): number[] =>
  Array.isArray(value) ? (value.flat() as unknown[]).map(Number) : [];
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

export function multiplied(a: Matrix, b: Matrix): Matrix {
  return identity.map((_, at) => {
    const row = at - (at % 4);
    return [0, 1, 2, 3].reduce((sum, k) => sum + (a[row + k] ?? 0) * (b[k * 4 + (at % 4)] ?? 0), 0);
  });
}

/** The matrix of a pose in one of the forms of the manifest, which were checked when it was registered. */
export function matrixOfPose(value: unknown): Matrix {
  const pose = objectOf(value);
  const affine = numbersOf(Array.isArray(value) ? value : pose['affine']);
  if (affine.length === 16) return rowByRow(affine);
  const [x, y, z] = placeOf(pose['position'] ?? pose['translation']);
  const r = rotationOf(pose['matrix'] ?? pose['rotation']);
  const at = (index: number) => r[index] ?? 0;
  return [at(0), at(1), at(2), x, at(3), at(4), at(5), y, at(6), at(7), at(8), z, 0, 0, 0, 1];
}

/** A matrix whose last row holds the place is written column by column. */
function rowByRow(m: readonly number[]): Matrix {
  const isByColumn = [3, 7, 11].every((at) => m[at] === 0) && [12, 13, 14].some((at) => m[at] !== 0);
  return isByColumn ? m.map((_, at) => m[(at % 4) * 4 + Math.floor(at / 4)] ?? 0) : m;
}

function placeOf(value: unknown): readonly [number, number, number] {
  if (Array.isArray(value)) return [numberOf(value[0]), numberOf(value[1]), numberOf(value[2])];
  const place = objectOf(value);
  return [numberOf(place['x']), numberOf(place['y']), numberOf(place['z'])];
}

/** 9 numbers, row by row, from a matrix, a quaternion or angles. */
function rotationOf(value: unknown): readonly number[] {
  const matrix = numbersOf(value);
  if (matrix.length === 9) return matrix;
  const given = objectOf(value);
  const [x, y, z, w] = ['x', 'y', 'z', 'w'].map((key) => given[key] ?? given[`q${key}`]);
  if (w !== undefined) return ofQuaternion(numberOf(x), numberOf(y), numberOf(z), numberOf(w));
  return ofAngles(numberOf(given['roll']), numberOf(given['pitch']), numberOf(given['yaw']));
}

function ofQuaternion(x: number, y: number, z: number, w: number): readonly number[] {
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  ];
}

/** About x by roll, then y by pitch, then z by yaw. */
function ofAngles(roll: number, pitch: number, yaw: number): readonly number[] {
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  const [cp, sp] = [Math.cos(pitch), Math.sin(pitch)];
  const [cy, sy] = [Math.cos(yaw), Math.sin(yaw)];
  return [
    cy * cp,
    cy * sp * sr - sy * cr,
    cy * sp * cr + sy * sr,
    sy * cp,
    sy * sp * sr + cy * cr,
    sy * sp * cr - cy * sr,
    -sp,
    cp * sr,
    cp * cr,
  ];
}
