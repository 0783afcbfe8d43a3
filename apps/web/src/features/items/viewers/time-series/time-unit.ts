/** Seconds in one unit of the time column; `iso` is text. */
const units = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 } as const;
export type TimeUnit = keyof typeof units | 'iso';

/** What the suffix of the heading says, as in `time_ms`; null when it says nothing. */
export function unitOfHeading(heading: string): TimeUnit | null {
  const suffix = /_(ns|us|ms|s|iso)$/i.exec(heading.trim())?.[1];
  return suffix === undefined ? null : (suffix.toLowerCase() as TimeUnit);
}

/** Without a suffix: text is a date, and numbers as large as times since 1970 tell their unit by their size. */
export function unitOfValue(cell: string): TimeUnit {
  const value = Number(cell);
  if (Number.isNaN(value)) return 'iso';
  if (value >= 1e17) return 'ns';
  if (value >= 1e14) return 'us';
  return value >= 1e11 ? 'ms' : 's';
}

/** Seconds, from 1970 for a date; NaN where the cell is no time. */
export function secondsOf(cell: string, unit: TimeUnit): number {
  const text = cell.trim();
  if (text === '') return Number.NaN;
  return unit === 'iso' ? Date.parse(inUtc(text)) / 1000 : Number(text) * units[unit];
}

/** A date without a zone is UTC here: the same file is the same everywhere. */
function inUtc(text: string): string {
  const hasTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text);
  if (!hasTime || /(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return text;
  return `${text.replace(' ', 'T')}Z`;
}

/** Times from 1973 on are dates, smaller ones count from the start of a recording. */
export const isDate = (seconds: number): boolean => seconds > 1e8;
