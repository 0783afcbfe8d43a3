import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Group, Stack, Text } from '@mantine/core';
import { useMutationState } from '@tanstack/react-query';
import { DownloadUnitErrors } from '../../components/download-unit-errors.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { DownloadFailedUnits, failedUnitsKey } from './download-failed-units.js';

/** The failed units of a job as files; of a job that has ended also as manifests to be corrected. */
export function JobDownloads({ job }: { readonly job: UploadJob }) {
  const downloads = useMutationState({
    filters: { mutationKey: failedUnitsKey(job) },
    select: ({ state }) => state,
  });
  const isEnded = job.status !== 'PENDING';
  const hasFailed = job.unitsErrorCount > 0;
  const hasCancelled = isEnded && job.unitsCancelledCount > 0;
  if (!hasFailed && !hasCancelled) return null;
  return (
    <Stack gap={6}>
      <Group gap="xs" role="group" aria-label="Downloads">
        <Text size="sm">{hasFailed ? 'Failed files:' : 'Cancelled files:'}</Text>
        {hasFailed && <DownloadUnitErrors job={job} label="Download as CSV" />}
        {hasFailed && <DownloadUnitErrors job={job} format="ndjson" label="Download as NDJSON" />}
        {hasFailed && isEnded && <DownloadFailedUnits job={job} label="Manifest of the failed" />}
        {hasCancelled && (
          <DownloadFailedUnits
            job={job}
            includeCancelled
            label={hasFailed ? 'Manifest of the failed and cancelled' : 'Manifest'}
          />
        )}
      </Group>
      {isEnded && (
        <Text size="xs" c="dimmed">
          A manifest holds the files as they were given, with their signed URLs, to be corrected and imported
          again. Its download is recorded.
        </Text>
      )}
      <ErrorNotice error={downloads.at(-1)?.error} title="The manifest could not be downloaded" />
    </Stack>
  );
}
