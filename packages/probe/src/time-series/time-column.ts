/** Where the times stand: the first heading that begins with t, time or timestamp as a word, else the first column. */
export function findTimeColumn(headings: readonly string[]): number {
  const found = headings.findIndex((heading) => /^(time|t(?![a-z]))/i.test(heading.trim()));
  return Math.max(0, found);
}

const isoTime = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** A number in any unit, or a date with or without its time (ISO 8601). */
export function isTime(cell: string): boolean {
  return isNumber(cell) || isoTime.test(cell);
}

export function isNumber(cell: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell);
}
