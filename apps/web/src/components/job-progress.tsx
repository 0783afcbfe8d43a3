import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Progress, Stack, Text } from '@mantine/core';
import { formatCount } from '../lib/format.js';
import {
  isCommittingAtOnce,
  jobPhaseText,
  jobRateText,
  percentOfPhase,
  unitsBeingMeasured,
} from '../lib/job-progress.js';
import { jobCountsText } from '../lib/job-text.js';

const sections = [
  { key: 'unitsDoneCount', label: 'registered', color: 'teal.7' },
  { key: 'unitsSkippedCount', label: 'skipped', color: 'blue.6' },
  { key: 'unitsErrorCount', label: 'failed', color: 'red.7' },
  { key: 'unitsCancelledCount', label: 'cancelled', color: 'gray.6' },
] as const;

/** Bar, phase, counts, rate and time left of a job. */
export function JobProgress({ job }: { readonly job: UploadJob }) {
  const isRunning = job.status === 'PENDING';
  return (
    <Stack gap={4}>
      <JobBar job={job} />
      {isRunning ? (
        <RunningText job={job} />
      ) : (
        <Text size="sm">
          {formatCount(job.unitsTotalCount - job.unitsPendingCount)} of {formatCount(job.unitsTotalCount)}:{' '}
          {jobCountsText(job)}
        </Text>
      )}
      <Announcement job={job} />
    </Stack>
  );
}

/** Settled units by what became of them, or the checked ones of an all-or-nothing job; then what is being measured. */
function JobBar({ job }: { readonly job: UploadJob }) {
  const total = job.unitsTotalCount;
  const isRunning = job.status === 'PENDING';
  const isOfUnknownLength = isRunning && (total === 0 || isCommittingAtOnce(job));
  return (
    <Progress.Root size="lg" role="group" aria-label={`Progress of ${job.fileName ?? 'the import'}`}>
      {isOfUnknownLength && <Progress.Section value={100} animated aria-label={jobPhaseText(job)} />}
      {isRunning && job.phase === 'checking' && (
        <Progress.Section
          value={(100 * (job.unitsCheckedCount - job.unitsErrorCount)) / total}
          color="cyan.7"
          animated
          aria-label={`checked: ${formatCount(job.unitsCheckedCount)} of ${formatCount(total)}`}
        />
      )}
      {sections.map(({ key, label, color }) =>
        job[key] > 0 ? (
          <Progress.Section
            key={key}
            value={(100 * job[key]) / total}
            color={color}
            animated={isRunning && key === 'unitsDoneCount'}
            aria-label={`${label}: ${formatCount(job[key])} of ${formatCount(total)}`}
          />
        ) : null,
      )}
      {isRunning && unitsBeingMeasured(job) > 0 && (
        <Progress.Section
          value={(100 * unitsBeingMeasured(job)) / total}
          color="teal.3"
          animated
          aria-label={`measured: ${formatCount(unitsBeingMeasured(job))} of ${formatCount(job.unitsToMeasureCount)}`}
        />
      )}
    </Progress.Root>
  );
}

function RunningText({ job }: { readonly job: UploadJob }) {
  const rate = jobRateText(job);
  const hasCounts = job.unitsPendingCount < job.unitsTotalCount;
  return (
    <>
      <Text size="sm">
        {jobPhaseText(job)}
        {hasCounts && `: ${jobCountsText(job)}`}
      </Text>
      {rate !== '' && (
        <Text size="xs" c="dimmed">
          {rate}
        </Text>
      )}
    </>
  );
}

/** Read out by screen readers at every tenth, and not at every event. */
function Announcement({ job }: { readonly job: UploadJob }) {
  const tenths = Math.floor((percentOfPhase(job) ?? 0) / 10) * 10;
  const name = job.fileName ?? 'Import';
  const phase = job.phase === 'checking' ? 'checking, ' : '';
  return (
    <span className="visually-hidden" aria-live="polite">
      {job.status === 'PENDING' ? `${name}: ${phase}${tenths} percent` : `${name}: ${jobCountsText(job)}`}
    </span>
  );
}
