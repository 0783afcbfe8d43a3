const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const imfFixdate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/i;
const rfc850 = /^[A-Z][a-z]{5,8}, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/i;
const asctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/**
 * Epoch milliseconds; NaN, with which every comparison is false, for an absent date and for what is none.
 * `Date.parse` would take more (`2020` is a date to it) and reads the third form in the zone of the machine.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
 */
export function parseHttpDate(text: string | null | undefined): number {
  const given = text ?? '';
  const [, day, month, year, ...time] = imfFixdate.exec(given) ?? rfc850.exec(given) ?? [];
  if (year !== undefined) return utc(fullYear(year), month, day, time);
  const [, name, date, hours, minutes, seconds, of] = asctime.exec(given) ?? [];
  return of === undefined ? Number.NaN : utc(Number(of), name, date, [hours, minutes, seconds]);
}

/** "More than 50 years in the future" is the last such year of the past. */
function fullYear(year: string): number {
  if (year.length === 4) return Number(year);
  const thisYear = new Date().getUTCFullYear();
  const near = Math.floor(thisYear / 100) * 100 + Number(year);
  return near > thisYear + 50 ? near - 100 : near;
}

function utc(
  year: number,
  month: string | undefined,
  day: string | undefined,
  time: readonly (string | undefined)[],
): number {
  const index = months.indexOf((month ?? '').toLowerCase());
  const [hours = 0, minutes = 0, seconds = 0] = time.map(Number);
  return index === -1 ? Number.NaN : Date.UTC(year, index, Number(day), hours, minutes, seconds);
}
