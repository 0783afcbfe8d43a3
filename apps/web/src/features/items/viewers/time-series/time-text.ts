const number = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

/** A moment as the chart shows it: a date in UTC, or seconds. */
export function timeText(seconds: number, isDate: boolean): string {
  if (!isDate) return `${number.format(seconds)} s`;
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

export const valueText = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'no value' : number.format(value);
