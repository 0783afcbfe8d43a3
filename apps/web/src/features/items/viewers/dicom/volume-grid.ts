import { cache, volumeLoader } from '@cornerstonejs/core';
import { decode } from './cornerstone.js';
import { cross, dot, toVector, type Vector } from './placement.js';
import type { Slice } from './slices.js';

/** A volume of slices, and its grid in the patient. */
export interface VolumeGrid {
  readonly volumeId: string;
  readonly origin: Vector;
  /** Directions of a row, of a column and of the stack. */
  readonly axes: readonly [Vector, Vector, Vector];
  /** Millimetres between voxels along the axes. */
  readonly spacing: Vector;
  readonly size: Vector;
}

const sum = (a: Vector, b: Vector, times = 1): Vector => [
  a[0] + b[0] * times,
  a[1] + b[1] * times,
  a[2] + b[2] * times,
];

/** Of slices that have no obstacle to it; the caller removes it. */
export async function makeVolume(slices: readonly Slice[]): Promise<VolumeGrid> {
  const imageIds = slices.map(({ imageId }) => imageId);
  for (const imageId of imageIds) await decode(imageId);
  const volumeId = crypto.randomUUID();
  const volume = volumeLoader.createAndCacheVolumeFromImagesSync(volumeId, imageIds);
  const [row, column] = [toVector(volume.direction), toVector(volume.direction, 3)];
  const [origin, spacing] = [toVector(volume.origin), toVector(volume.spacing)];
  const size = toVector(volume.dimensions);
  if (!row || !column || !origin || !spacing || !size)
    throw new Error('The volume has no place in the patient.');
  return { volumeId, origin, axes: [row, column, cross(row, column)], spacing, size };
}

export function removeVolume({ volumeId }: VolumeGrid): void {
  if (cache.getVolume(volumeId)) cache.removeVolumeLoadObject(volumeId);
}

/** The voxel in the middle. */
export function centreOf({ origin, axes, spacing, size }: VolumeGrid): Vector {
  return axes.reduce<Vector>(
    (point, axis, index) =>
      sum(point, axis, Math.floor(((size[index] ?? 1) - 1) / 2) * (spacing[index] ?? 1)),
    origin,
  );
}

/** The nearest point within the volume. */
export function within({ origin, axes, spacing, size }: VolumeGrid, point: Vector): Vector {
  const from = sum(point, origin, -1);
  return axes.reduce<Vector>((inside, axis, index) => {
    const most = ((size[index] ?? 1) - 1) * (spacing[index] ?? 1);
    return sum(inside, axis, Math.min(Math.max(dot(from, axis), 0), most));
  }, origin);
}

/** `point`, so many voxels along a direction of the patient: by the spacing of the axis that lies nearest to it. */
export function moved(grid: VolumeGrid, point: Vector, direction: Vector, voxels: number): Vector {
  const alignments = grid.axes.map((axis) => Math.abs(dot(axis, direction)));
  const nearest = alignments.indexOf(Math.max(...alignments));
  return within(grid, sum(point, direction, voxels * (grid.spacing[nearest] ?? 1)));
}
