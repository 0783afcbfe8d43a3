import type { HandOverPreview } from '@latchkey/contract/schemas/user-state';
import { Select, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.js';
import { countOf } from '../../lib/format.js';
import { useUsers } from '../../lib/users.js';
import { useHandOverPreview } from './user-queries.js';

interface Props {
  readonly userUuid: string;
  readonly description: string;
  /** Null: nobody. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** What would be handed over, and to whom. */
export function HandOverChoice({ userUuid, description, value, onChange }: Props) {
  const users = useUsers();
  const preview = useHandOverPreview(userUuid);
  const choices = (users.data ?? [])
    .filter(
      ({ uuid, kind, deactivatedAt }) => kind === 'person' && uuid !== userUuid && deactivatedAt === null,
    )
    .map(({ uuid, name, email }) => ({ value: uuid, label: name === '' ? email : `${name} (${email})` }));
  return (
    <>
      {preview.data && <Text size="sm">{previewText(preview.data)}</Text>}
      {preview.data && preview.data.runningJobsCount > 0 && (
        <Text size="sm">
          {countOf(preview.data.runningJobsCount, 'upload job')} of this user{' '}
          {preview.data.runningJobsCount === 1 ? 'is' : 'are'} running and will go on.
        </Text>
      )}
      <ErrorNotice error={preview.error} title="What is theirs could not be loaded" />
      <Select
        label="Hand over to"
        description={description}
        placeholder="Name or e-mail address"
        data={choices}
        value={value}
        onChange={onChange}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="No such active user"
      />
      <ErrorNotice error={users.error} title="The users could not be loaded" />
    </>
  );
}

function previewText(preview: HandOverPreview): string {
  const counts = [
    [preview.foldersCount, 'folder'],
    [preview.datasetsCount, 'dataset'],
    [preview.integrationsCount, 'integration'],
    [preview.webhooksCount, 'webhook'],
    [preview.notificationsCount, 'notification'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, name]) => countOf(count, name));
  if (parts.length === 0) return 'There is nothing to hand over.';
  return `To be handed over: ${new Intl.ListFormat('en').format(parts)}. That is what they administer, or nobody else has a role on; what is shared with them in another role stays as it is.`;
}
