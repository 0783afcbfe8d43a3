export type Vector = readonly [x: number, y: number, z: number];

/** Where a slice lies in the patient, as far as its tags say. */
export interface Placement {
  readonly position: Vector | null;
  /** Directions of a row and of a column. */
  readonly orientation: readonly [row: Vector, column: Vector] | null;
  /** Millimetres between rows and between columns. */
  readonly spacing: readonly [rows: number, columns: number] | null;
  readonly rows: number | null;
  readonly columns: number | null;
  readonly instanceNumber: number | null;
}

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export function toVector(values: ArrayLike<number> | null | undefined, from = 0): Vector | null {
  const [x, y, z] = [values?.[from], values?.[from + 1], values?.[from + 2]];
  const isWhole = [x, y, z].every((value) => typeof value === 'number' && Number.isFinite(value));
  return isWhole ? [Number(x), Number(y), Number(z)] : null;
}

/** Far along the normal of the slice that comes first, millimetres; null where a tag is missing. */
function distanceAlong({ position }: Placement, normal: Vector | null): number | null {
  return position && normal ? dot(position, normal) : null;
}

const normalOf = ({ orientation }: Placement): Vector | null =>
  orientation && cross(orientation[0], orientation[1]);

/**
 * The order in which a reader scrolls: along the normal where each slice has a position and all lie the same way, else by
 * instance number, else as listed.
 */
export function orderSlices<Slice>(
  slices: readonly Slice[],
  placementOf: (slice: Slice) => Placement | null,
): Slice[] {
  const placed = slices.map((slice) => ({ slice, placement: placementOf(slice) }));
  const first = placed.find(({ placement }) => placement?.orientation)?.placement;
  const normal = first ? normalOf(first) : null;
  const isParallel = placed.every(({ placement }) => {
    const own = placement && normalOf(placement);
    return own && normal && dot(own, normal) > 0.99;
  });
  const keyOf = (placement: Placement | null) =>
    placement && (isParallel ? distanceAlong(placement, normal) : placement.instanceNumber);
  const keyed = placed.map(({ slice, placement }) => ({ slice, key: keyOf(placement) }));
  if (keyed.some(({ key }) => key === null)) return [...slices];
  return keyed.sort((a, b) => Number(a.key) - Number(b.key)).map(({ slice }) => slice);
}

/** What of a slice keeps it out of a volume, as the end of a sentence; null when nothing does. */
function obstacleOf(placement: Placement, first: Placement): string | null {
  const { position, orientation, spacing, rows, columns } = placement;
  if (!position) return 'has no ImagePositionPatient (0020,0032)';
  if (!orientation) return 'has no ImageOrientationPatient (0020,0037)';
  if (!spacing) return 'has no PixelSpacing (0028,0030)';
  if (rows !== first.rows || columns !== first.columns)
    return `has ${columns} × ${rows} pixels, and the first one ${first.columns} × ${first.rows}`;
  const isSameSpacing = spacing.every((value, axis) => Math.abs(value - (first.spacing?.[axis] ?? 0)) < 1e-3);
  if (!isSameSpacing) return 'has another PixelSpacing (0028,0030) than the first one';
  const isParallel = orientation.every((axis, index) => {
    const other = first.orientation?.[index];
    return other && dot(axis, other) > 0.999;
  });
  return isParallel ? null : 'lies in another direction (ImageOrientationPatient) than the first one';
}

/** Share of the usual distance by which one may differ. */
const tolerance = 0.05;

function describeUnevenness(slices: readonly Placement[], normal: Vector): string | null {
  const distances = slices.map((slice) => distanceAlong(slice, normal) ?? 0);
  const gaps = distances.slice(1).map((distance, index) => distance - (distances[index] ?? 0));
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const odd = gaps.findIndex((gap) => gap <= 1e-3 || Math.abs(gap - usual) > usual * tolerance);
  if (odd < 0) return null;
  const gap = gaps[odd] ?? 0;
  return gap <= 1e-3
    ? `slices ${odd + 1} and ${odd + 2} lie at the same place`
    : `slices ${odd + 1} and ${odd + 2} are ${gap.toFixed(1)} mm apart, the others ${usual.toFixed(1)} mm`;
}

/** Why ordered slices make no volume that planes can be cut through; null when they do. */
export function volumeObstacle(slices: readonly (Placement | null)[]): string | null {
  if (slices.length < 3) return 'a volume needs at least three slices';
  const [first] = slices;
  if (!first) return 'slice 1 has no tags that say where it lies';
  for (const [index, slice] of slices.entries()) {
    const obstacle = slice ? obstacleOf(slice, first) : 'has no tags that say where it lies';
    if (obstacle) return `slice ${index + 1} ${obstacle}`;
  }
  const normal = normalOf(first);
  const whole = slices.filter((slice) => slice !== null);
  return normal && describeUnevenness(whole, normal);
}
