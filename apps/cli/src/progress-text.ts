import type { UploadJob } from '@latchkey/contract/schemas/upload-job';

export interface ProgressState {
  /** Of the phase. */
  readonly value: number;
  readonly total: number;
  /** Such as `checking 1,200 of 5,000, 12,345 units/s, 1 min 20 s left`. */
  readonly text: string;
}

const number = new Intl.NumberFormat('en');

/** How far a running job is in its phase. */
export function progressOf(job: UploadJob): ProgressState {
  const { phase, unitsTotalCount: total } = job;
  const settled = total - job.unitsPendingCount;
  const through = phase === 'checking' ? job.unitsCheckedCount : settled;
  const value = through + job.unitsMeasuredCount + job.unitsUnmeasurableCount;
  const parts = [
    phaseText(job, through),
    measuringText(job),
    job.unitsPerSecond === null || job.unitsPerSecond === 0
      ? ''
      : `${number.format(Math.round(job.unitsPerSecond))} units/s`,
    job.secondsLeft === null || phase === 'finished' ? '' : `${durationText(job.secondsLeft)} left`,
  ];
  return { value, total, text: parts.filter((part) => part !== '').join(', ') };
}

/** Of the units that the server measures at this moment. */
function measuringText(job: UploadJob): string {
  const { unitsToMeasureCount, unitsMeasuredCount, unitsUnmeasurableCount: failed } = job;
  if (unitsToMeasureCount === 0) return '';
  const failures = failed === 0 ? '' : ` (${number.format(failed)} failed)`;
  return `measured ${number.format(unitsMeasuredCount + failed)} of ${number.format(unitsToMeasureCount)}${failures}`;
}

/** What is all or nothing is committed in one piece: until then nothing is registered. */
function phaseText({ phase, ignoreErrors, startedAt, unitsTotalCount }: UploadJob, value: number): string {
  const total = number.format(unitsTotalCount);
  if (startedAt === null && phase !== 'finished') return `waiting to start, ${total} units`;
  if (phase === 'registering' && !ignoreErrors && value === 0) return `registering all ${total} at once`;
  return `${phase} ${number.format(value)} of ${total}`;
}

/** `12 s`, `3 min 5 s`, `25 min`, `2 h 10 min`. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole >= 600 && whole < 3600) return `${Math.round(whole / 60)} min`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
