import type { UploadJobRow } from '@latchkey/db/upload-jobs/reader';

export interface Rate {
  readonly unitsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Units a second since the job started, and at that rate the time that its phase still takes. */
export function rateOf(row: UploadJobRow, now: number): Rate {
  const finished = row.status !== 'PENDING';
  const secondsLeft = finished ? 0 : null;
  if (row.started_at === null) return { unitsPerSecond: null, secondsLeft };
  const seconds = ((row.finished_at?.getTime() ?? now) - row.started_at.getTime()) / 1000;
  const units =
    (row.phase === 'checking' ? row.units_checked : row.units_done + row.units_skipped + row.units_error) +
    row.units_measured +
    row.units_unmeasurable;
  if (seconds <= 0) return { unitsPerSecond: null, secondsLeft };
  const unitsPerSecond = Math.round((units / seconds) * 10) / 10;
  if (finished) return { unitsPerSecond, secondsLeft };
  return {
    unitsPerSecond,
    secondsLeft: units === 0 ? null : Math.ceil(((row.units_total - units) * seconds) / units),
  };
}
