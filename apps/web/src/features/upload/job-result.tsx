import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { DownloadUnitErrors } from '../../components/download-unit-errors.js';
import { jobOutcomeText, placeText } from '../../lib/job-text.js';
import { UnitErrorsTable } from './unit-errors-table.js';

const looks = {
  DONE: { color: 'green', Icon: IconCircleCheck },
  ERROR: { color: 'red', Icon: IconCircleX },
  CANCELLED: { color: 'gray', Icon: IconBan },
} as const;
const withErrors = { color: 'orange', Icon: IconAlertTriangle } as const;

/** How a finished job ended: summary, errors of the whole job, warnings, failed units. */
export function JobResult({ job }: { readonly job: UploadJobResult }) {
  if (job.status === 'PENDING') return null;
  const { color, Icon } = job.status === 'DONE' && job.unitsErrorCount > 0 ? withErrors : looks[job.status];
  return (
    <Stack gap="sm">
      <Alert color={color} icon={<Icon aria-hidden />} title={jobOutcomeText(job)} p="xs">
        {job.errors.map((error) => (
          <Text key={error} size="sm">
            {error}
          </Text>
        ))}
      </Alert>
      <Warnings job={job} />
      {job.unitErrors.length > 0 && (
        <>
          <Group justify="space-between">
            <Text fw={600} size="sm">
              Files that could not be registered
            </Text>
            <DownloadUnitErrors job={job} label="Download as CSV" />
          </Group>
          <UnitErrorsTable unitErrors={job.unitErrors} total={job.unitsErrorCount} />
        </>
      )}
    </Stack>
  );
}

function Warnings({ job }: { readonly job: UploadJobResult }) {
  if (job.warnings.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Warnings" p="xs">
      <List size="sm">
        {job.warnings.map(({ message, place }) => (
          <List.Item key={`${message}${placeText(place)}`}>
            {message} <WarningPlace text={placeText(place)} message={message} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** The place, unless the message names it already. */
function WarningPlace({ text, message }: { readonly text: string; readonly message: string }) {
  return text === '' || message.includes(text) ? null : (
    <Text span size="xs" c="dimmed">
      ({text})
    </Text>
  );
}
