import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Progress, Stack, Text } from '@mantine/core';
import { formatCount } from '../lib/format.js';
import { jobCountsText } from '../lib/job-text.js';
import { percentSettled } from '../lib/upload-jobs.js';

const sections = [
  { key: 'unitsDoneCount', label: 'registered', color: 'teal.7' },
  { key: 'unitsSkippedCount', label: 'skipped', color: 'blue.6' },
  { key: 'unitsErrorCount', label: 'failed', color: 'red.7' },
  { key: 'unitsCancelledCount', label: 'cancelled', color: 'gray.6' },
] as const;

/** Bar and counts of a job, at every moment adding up to the units of the manifest. */
export function JobProgress({ job }: { readonly job: UploadJob }) {
  const total = job.unitsTotalCount;
  const isRunning = job.status === 'PENDING';
  return (
    <Stack gap={4}>
      <Progress.Root size="lg" role="group" aria-label={`Progress of ${job.fileName ?? 'the import'}`}>
        {total === 0 && isRunning && <Progress.Section value={100} animated aria-label="Starting" />}
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
      </Progress.Root>
      <Text size="sm">
        {formatCount(total - job.unitsPendingCount)} of {formatCount(total)}: {jobCountsText(job)}
      </Text>
      <Announcement job={job} />
    </Stack>
  );
}

/** Read out by screen readers at every tenth, and not at every poll. */
function Announcement({ job }: { readonly job: UploadJob }) {
  const percent = percentSettled(job);
  const tenths = percent === null ? 0 : Math.floor(percent / 10) * 10;
  const name = job.fileName ?? 'Import';
  return (
    <span className="visually-hidden" aria-live="polite">
      {job.status === 'PENDING' ? `${name}: ${tenths} percent` : `${name}: ${jobCountsText(job)}`}
    </span>
  );
}
