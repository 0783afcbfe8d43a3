import { wrongType } from './text-fields.js';
import { isObject, UnitRefusal } from './unit.js';

/** How far a rotation may be from an orthonormal one. */
const tolerance = 1e-2;
const largestAngle = 2.1 * Math.PI;

/** Checks a pose: an affine matrix of 16 numbers, or a rotation and a position. Throws `UnitRefusal`. */
export function readPose(field: string, value: unknown): void {
  if (Array.isArray(value)) checkAffine(field, value);
  else if (!isObject(value)) throw wrongType(field, 'an object or 16 numbers', value);
  else if (value['affine'] !== undefined) checkAffine(`${field}.affine`, value['affine']);
  else if (value['matrix'] !== undefined) checkMatrix(`${field}.matrix`, value['matrix']);
  else checkTurn(`${field}.rotation`, value['rotation']);
}

function checkTurn(field: string, rotation: unknown): void {
  if (rotation === undefined || rotation === null) return;
  if (Array.isArray(rotation)) checkMatrix(field, rotation);
  else if (isObject(rotation)) checkAngles(field, rotation);
  else throw wrongType(field, 'an object or 9 numbers', rotation);
}

function checkMatrix(field: string, value: unknown): void {
  checkRotation(field, numbersOf(field, value, 9));
}

function checkAffine(field: string, value: unknown): void {
  const m = numbersOf(field, value, 16);
  const at = (index: number): number => m[index] ?? 0;
  checkRotation(field, [0, 1, 2, 4, 5, 6, 8, 9, 10].map(at));
}

function checkAngles(field: string, rotation: Record<string, unknown>): void {
  const quaternion = ['x', 'y', 'z', 'w'].map((key) => rotation[key] ?? rotation[`q${key}`]);
  if (quaternion.every((part) => part !== undefined)) {
    const parts = numbersOf(field, quaternion, 4);
    if (Math.abs(Math.hypot(...parts) - 1) > tolerance)
      throw refuse(field, 'The quaternion has not the length 1.');
    return;
  }
  const angles = ['roll', 'pitch', 'yaw'].map((key) => rotation[key] ?? 0);
  if (numbersOf(field, angles, 3).some((angle) => Math.abs(angle) > largestAngle))
    throw refuse(field, 'An angle is not in radians: it is beyond 2.1 pi.');
}

/** Rows of length 1, at right angles, determinant 1. */
function checkRotation(field: string, matrix: readonly number[]): void {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix;
  const rows = [
    [a, b, c],
    [d, e, f],
    [g, h, i],
  ] as const;
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  const isOrthonormal = rows.every((row, x) =>
    rows.every((other, y) => Math.abs(dot(row, other) - (x === y ? 1 : 0)) <= tolerance),
  );
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!isOrthonormal || Math.abs(determinant - 1) > tolerance)
    throw refuse(field, 'The matrix is not a rotation.');
}

function numbersOf(field: string, value: unknown, count: number): number[] {
  const numbers = Array.isArray(value) ? value.flat() : [];
  if (numbers.length !== count || !numbers.every((each) => typeof each === 'number' && Number.isFinite(each)))
    throw refuse(field, `${count} numbers are needed here.`);
  return numbers as number[];
}

function refuse(field: string, message: string): UnitRefusal {
  return new UnitRefusal({ code: 'scene_invalid', message, field });
}
