import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { DownloadUnitErrors } from '../../components/download-unit-errors.js';
import { JobDuration } from '../../components/job-duration.js';
import { JobProgress } from '../../components/job-progress.js';
import { JobStatusIcon } from '../../components/job-status-icon.js';
import { RelativeTime } from '../../components/relative-time.js';
import { jobCountsText, jobOutcomeText } from '../../lib/job-text.js';
import { ExpiryNotice } from './expiry-notice.js';
import { TokenNotice } from './token-notice.js';
import type { NotificationEntry } from './use-notifications.js';
import { WebhookNotice } from './webhook-notice.js';

export function NotificationRow({
  entry,
  onNavigate,
}: {
  readonly entry: NotificationEntry;
  readonly onNavigate: () => void;
}) {
  const { uploadJob: job, expiringItems, disabledWebhook, expiringToken } = entry;
  if (expiringItems) return <ExpiryNotice entry={entry} items={expiringItems} onNavigate={onNavigate} />;
  if (disabledWebhook)
    return <WebhookNotice webhook={disabledWebhook} createdAt={entry.createdAt} onNavigate={onNavigate} />;
  if (expiringToken)
    return <TokenNotice token={expiringToken} createdAt={entry.createdAt} onNavigate={onNavigate} />;
  return (
    <Group component="li" align="flex-start" wrap="nowrap" gap="sm" p="sm">
      {job ? (
        <>
          <JobStatusIcon job={job} />
          <JobText job={job} onNavigate={onNavigate} />
        </>
      ) : (
        <Text size="sm" c="dimmed">
          The folder of this import was deleted. <RelativeTime timestamp={entry.createdAt} />
        </Text>
      )}
    </Group>
  );
}

function JobText({ job, onNavigate }: { readonly job: UploadJob; readonly onNavigate: () => void }) {
  return (
    <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
      <Text size="sm" fw={600}>
        Import from cloud data
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Anchor
          component={Link}
          to={`/folders/${job.folderUuid}/imports/${job.uploadJobUuid}`}
          size="sm"
          underline="always"
          onClick={onNavigate}
        >
          {job.fileName ?? 'Manifest'}
        </Anchor>{' '}
        to{' '}
        <Anchor
          component={Link}
          to={`/folders/${job.folderUuid}`}
          size="sm"
          underline="always"
          onClick={onNavigate}
        >
          {job.folderName}
        </Anchor>
      </Text>
      {job.status === 'PENDING' ? (
        <JobProgress job={job} />
      ) : (
        <Text size="sm">
          {jobOutcomeText(job)}: {jobCountsText(job)}
        </Text>
      )}
      {job.errors.slice(0, 3).map((error) => (
        <Text key={error} size="xs" c="red" style={{ overflowWrap: 'anywhere' }}>
          {error}
        </Text>
      ))}
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          <RelativeTime timestamp={job.createdAt} />, <JobDuration job={job} />
        </Text>
        {job.unitsErrorCount > 0 && <DownloadUnitErrors job={job} label="Failed files (CSV)" />}
      </Group>
    </Stack>
  );
}
