import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { countOf, formatCount, formatElapsed } from './format.js';

/** What is all or nothing is committed in one piece: until then nothing is registered. */
export const isCommittingAtOnce = (job: UploadJob): boolean =>
  job.phase === 'registering' && !job.ignoreErrors && job.unitsPendingCount === job.unitsTotalCount;

/** Units that were measured, or could not be, and whose part goes on. */
export const unitsBeingMeasured = (job: UploadJob): number =>
  job.unitsMeasuredCount + job.unitsUnmeasurableCount;

/** How many units the phase of a job is through with. */
export function unitsOfPhase(job: UploadJob): number {
  return job.phase === 'checking' ? job.unitsCheckedCount : job.unitsTotalCount - job.unitsPendingCount;
}

/** Whole percent of the phase; null while the total is not known. */
export function percentOfPhase(job: UploadJob): number | null {
  const { unitsTotalCount: total } = job;
  return total === 0 ? null : Math.floor((100 * (unitsOfPhase(job) + unitsBeingMeasured(job))) / total);
}

/** `45%` of all units of the running jobs together, for the browser's tab; null while nothing runs. */
export function titleProgress(jobs: readonly UploadJob[]): string | null {
  const running = jobs.filter(({ status }) => status === 'PENDING');
  if (running.length === 0) return null;
  const total = running.reduce((sum, job) => sum + job.unitsTotalCount, 0);
  const done = running.reduce((sum, job) => sum + unitsOfPhase(job), 0);
  return total === 0 ? '…' : `${Math.floor((100 * done) / total)}%`;
}

/** `Checking 1,200 of 5,000 files`, of a running job. */
export function jobPhaseText(job: UploadJob): string {
  const total = countOf(job.unitsTotalCount, 'file');
  if (job.startedAt === null) return `Waiting to start: ${total}`;
  if (isCommittingAtOnce(job)) return `Registering all ${total} at once`;
  const verb = job.phase === 'checking' ? 'Checking' : 'Registering';
  return `${verb} ${formatCount(unitsOfPhase(job))} of ${total}${measuringText(job)}`;
}

/** `; measured 120 of 800, 3 of them failed`, of the files that the server measures at this moment. */
function measuringText(job: UploadJob): string {
  const { unitsToMeasureCount, unitsUnmeasurableCount: failed } = job;
  if (unitsToMeasureCount === 0) return '';
  const settled = formatCount(unitsBeingMeasured(job));
  const failures = failed === 0 ? '' : `, ${formatCount(failed)} of them failed`;
  return `; measured ${settled} of ${formatCount(unitsToMeasureCount)}${failures}`;
}

/** `12,345 files a second, about 3 min 5 s left`; empty while nothing can be said. */
export function jobRateText({ unitsPerSecond, secondsLeft }: UploadJob): string {
  const parts = [
    unitsPerSecond !== null &&
      unitsPerSecond > 0 &&
      `${countOf(Math.max(1, Math.round(unitsPerSecond)), 'file')} a second`,
    secondsLeft !== null && `about ${formatElapsed(secondsLeft * 1000)} left`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}
