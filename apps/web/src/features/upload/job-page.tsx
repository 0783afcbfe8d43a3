import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Anchor, Paper, Stack } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { JobDuration } from '../../components/job-duration.js';
import { JobProgress } from '../../components/job-progress.js';
import { PageHeader } from '../../components/page-header.js';
import { RelativeTime } from '../../components/relative-time.js';
import { useUploadJob } from '../../lib/upload-jobs.js';
import { CancelJob } from './cancel-job.js';
import { JobDownloads } from './job-downloads.js';
import { JobOutcome, JobWarnings } from './job-outcome.js';
import { UnitResults } from './unit-results.js';

/** One import: how far it is or how it ended, and what became of each file of its manifest. */
export function JobPage() {
  const { folderUuid = '', jobUuid = '' } = useParams();
  const { data: job, error } = useUploadJob({ folderUuid, jobUuid });
  if (!job)
    return error ? (
      <ErrorNotice error={error} title="The import could not be loaded" />
    ) : (
      <CenteredLoader label="Loading the import" height={200} />
    );
  return (
    <>
      <PageHeader title={`Import of ${job.fileName ?? 'a manifest'}`} description={<JobFacts job={job} />} />
      <Stack>
        {error && <ErrorNotice error={error} title="The progress is not up to date" />}
        <Paper withBorder p="md">
          <Stack gap="sm" align="stretch">
            <JobOutcome job={job} />
            <JobProgress job={job} />
            {job.status === 'PENDING' && <CancelJob job={job} />}
            <JobWarnings job={job} />
            <JobDownloads job={job} />
          </Stack>
        </Paper>
        <UnitResults job={job} />
      </Stack>
    </>
  );
}

function JobFacts({ job }: { readonly job: UploadJob }) {
  return (
    <>
      Into{' '}
      <Anchor component={Link} to={`/folders/${job.folderUuid}`} underline="always">
        {job.folderName}
      </Anchor>{' '}
      by {job.owner}, <RelativeTime timestamp={job.createdAt} />, <JobDuration job={job} />.{' '}
      {job.ignoreErrors ? 'Failed files do not hold back the others.' : 'All files or none.'}
    </>
  );
}
