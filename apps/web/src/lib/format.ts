const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1234567` -> `1.2 MB`; units of 1000 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${byteUnits[unit]}`;
}

/** Seconds -> `0:07`, `12:34` or `1:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Milliseconds of waiting -> `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const number = new Intl.NumberFormat('en');
export const formatCount = (count: number): string => number.format(count);

/** `1 file`, `2,000 files`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

const dateTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
export const formatDateTime = (timestamp: string): string => dateTime.format(new Date(timestamp));

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `in 3 hours`, `2 days ago`. `now` in milliseconds since the epoch. */
export function formatRelative(timestamp: string, now: number): string {
  const seconds = Math.round((Date.parse(timestamp) - now) / 1000);
  const step = steps.find(([, size]) => Math.abs(seconds) >= size) ?? steps[steps.length - 1];
  return step ? relative.format(Math.trunc(seconds / step[1]), step[0]) : '';
}

/** When a signed URL dies, from now: `expires in 3 hours`, `expired 2 days ago`, `no expiry`. */
export function formatExpiry(expiresAt: string | null, now: number): string {
  if (expiresAt === null) return 'no expiry';
  const isOver = Date.parse(expiresAt) <= now;
  return `${isOver ? 'expired' : 'expires'} ${formatRelative(expiresAt, now)}`;
}
