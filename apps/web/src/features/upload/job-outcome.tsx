import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { jobOutcomeText, placeText } from '../../lib/job-text.js';

const looks = {
  DONE: { color: 'green', Icon: IconCircleCheck },
  ERROR: { color: 'red', Icon: IconCircleX },
  CANCELLED: { color: 'gray', Icon: IconBan },
} as const;
const withErrors = { color: 'orange', Icon: IconAlertTriangle } as const;

/** How a job ended, and errors of it as a whole. Nothing while it runs. */
export function JobOutcome({ job }: { readonly job: UploadJob }) {
  if (job.status === 'PENDING') return null;
  const { color, Icon } = job.status === 'DONE' && job.unitsErrorCount > 0 ? withErrors : looks[job.status];
  return (
    <Alert color={color} icon={<Icon aria-hidden />} title={jobOutcomeText(job)} p="xs">
      {job.errors.map((error) => (
        <Text key={error} size="sm">
          {error}
        </Text>
      ))}
    </Alert>
  );
}

export function JobWarnings({
  job,
}: {
  readonly job: { readonly warnings: Readonly<UploadJob['warnings']> };
}) {
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
