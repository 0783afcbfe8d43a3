import { ConnectionError } from '@latchkey/sdk/errors';
import type { JobAddress } from '@latchkey/sdk/job-address';
import { Anchor, Button, Group, Loader, Paper, Progress, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { ErrorNotice } from '../../components/error-notice.js';
import { JobProgress } from '../../components/job-progress.js';
import { JobStatusIcon } from '../../components/job-status-icon.js';
import { formatBytes } from '../../lib/format.js';
import { useUploadJob } from '../../lib/upload-jobs.js';
import { CancelJob } from './cancel-job.js';
import { JobResult } from './job-result.js';
import { useUploads } from './uploads-context.js';
import type { ManifestUpload } from './uploads-state.js';

/** One manifest in the dialog, from waiting to its result. `onLeave`: a link to another page was followed. */
export function UploadCard({
  upload,
  onLeave,
}: {
  readonly upload: ManifestUpload;
  readonly onLeave: () => void;
}) {
  const { remove, retry } = useUploads();
  const { phase, file, folderUuid } = upload;
  return (
    <Paper withBorder p="md" component="section" aria-label={file.name}>
      <Stack gap="sm">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {file.name}{' '}
          <Text span size="sm" c="dimmed">
            {formatBytes(file.size)}
          </Text>
        </Text>
        {phase.name === 'waiting' && <Text size="sm">Waiting for the files before it</Text>}
        {phase.name === 'sending' && <Sending fileName={file.name} onStop={() => remove([upload.id])} />}
        {phase.name === 'offline' && <Offline fileName={file.name} onStop={() => remove([upload.id])} />}
        {phase.name === 'refused' && (
          <>
            <ErrorNotice error={phase.error} title={refusalTitle(phase.error)} />
            <Button variant="default" size="xs" onClick={() => retry(upload)} style={{ alignSelf: 'start' }}>
              Send it again
            </Button>
          </>
        )}
        {phase.name === 'started' && (
          <RunningJob address={{ folderUuid, jobUuid: phase.jobUuid }} onLeave={onLeave} />
        )}
      </Stack>
    </Paper>
  );
}

/** After a broken connection the server may have the whole manifest all the same. */
const refusalTitle = (error: unknown): string =>
  error instanceof ConnectionError
    ? 'The connection broke; send it again, which imports it once even if it had arrived'
    : 'The manifest was not imported; nothing was registered';

function Sending({ fileName, onStop }: { readonly fileName: string; readonly onStop: () => void }) {
  return (
    <>
      <Progress value={100} animated aria-label={`Sending ${fileName}`} />
      <Group justify="space-between">
        <Text size="sm" role="status">
          Sending the file. Keep this page open until it is sent.
        </Text>
        <Button variant="default" size="xs" onClick={onStop}>
          Stop sending
        </Button>
      </Group>
    </>
  );
}

function Offline({ fileName, onStop }: { readonly fileName: string; readonly onStop: () => void }) {
  return (
    <>
      <Progress value={100} color="gray" aria-label={`Sending ${fileName}, paused`} />
      <Group justify="space-between">
        <Text size="sm" role="status">
          Paused: the server cannot be reached. Sending goes on by itself when it can.
        </Text>
        <Button variant="default" size="xs" onClick={onStop}>
          Stop sending
        </Button>
      </Group>
    </>
  );
}

function RunningJob({ address, onLeave }: { readonly address: JobAddress; readonly onLeave: () => void }) {
  const job = useUploadJob(address);
  if (!job.data)
    return job.error ? (
      <ErrorNotice error={job.error} title="The progress cannot be shown; the import goes on" />
    ) : (
      <Loader size="sm" aria-label="Loading the progress" />
    );
  return (
    <>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <JobStatusIcon job={job.data} />
        <div style={{ flex: 1 }}>
          <JobProgress job={job.data} />
        </div>
      </Group>
      {job.error && <ErrorNotice error={job.error} title="The progress is not up to date" />}
      {job.data.status === 'PENDING' ? (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            You can close this dialog: the import continues in the background; see the notifications.
          </Text>
          <CancelJob job={job.data} />
        </Group>
      ) : (
        <JobResult job={job.data} />
      )}
      <Anchor
        component={Link}
        to={`/folders/${address.folderUuid}/imports/${address.jobUuid}`}
        size="sm"
        underline="always"
        style={{ alignSelf: 'start' }}
        onClick={onLeave}
      >
        All files of this import
      </Anchor>
    </>
  );
}
