/** The values that are drawn with the first and the last colour. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** `dx` widens, `dy` moves up: shares of the width of the range. */
export function changedRange({ min, max }: ValueRange, dx: number, dy: number): ValueRange {
  const width = Math.max(max - min, Number.EPSILON);
  const centre = (min + max) / 2 + dy * width;
  const half = (width * Math.exp(dx)) / 2;
  return { min: centre - half, max: centre + half };
}

/** Four significant digits, without an exponent where that is short: what a field shows. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(4)));
