import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { Stack, Text } from '@mantine/core';
import { JobDownloads } from './job-downloads.js';
import { JobOutcome, JobWarnings } from './job-outcome.js';
import { UnitErrorsTable } from './unit-errors-table.js';

/** How a finished job ended: summary, errors of the whole job, warnings, the first failed units, downloads. */
export function JobResult({ job }: { readonly job: UploadJobResult }) {
  if (job.status === 'PENDING') return null;
  return (
    <Stack gap="sm">
      <JobOutcome job={job} />
      <JobWarnings job={job} />
      {job.unitErrors.length > 0 && (
        <>
          <Text fw={600} size="sm">
            Files that could not be registered
          </Text>
          <UnitErrorsTable unitErrors={job.unitErrors} total={job.unitsErrorCount} />
        </>
      )}
      <JobDownloads job={job} />
    </Stack>
  );
}
