import { deleteGroup, getGroup } from '@latchkey/contract/routes/groups';
import type { Group, GroupUses } from '@latchkey/contract/schemas/group';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useGroupMutation } from '../../components/groups/group-queries.js';
import { transport } from '../../lib/api.js';
import { countOf } from '../../lib/format.js';

export function DeleteGroupDialog({
  group: { groupHash, name, membersCount },
  onClose,
}: {
  readonly group: Group;
  readonly onClose: () => void;
}) {
  const deletion = useGroupMutation(() => transport.call(deleteGroup, { params: { groupHash } }), onClose);
  const uses = useQuery({
    queryKey: ['groups', groupHash, 'uses'],
    queryFn: ({ signal }) => transport.call(getGroup, { params: { groupHash }, signal }),
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${name}?`}
      confirmLabel="Delete"
      isDanger
      isDisabled={uses.isPending}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      <Text size="sm">
        {membersCount === 0
          ? 'Nobody is in the group.'
          : `${countOf(membersCount, 'user is', 'users are')} in the group.`}
      </Text>
      {uses.data && <Text size="sm">{usesText(uses.data)}</Text>}
      <ErrorNotice error={uses.error} title="What is shared with the group could not be loaded" />
    </ConfirmDialog>
  );
}

function usesText({ foldersCount, datasetsCount, integrationsCount }: GroupUses): string {
  const counts = [
    [foldersCount, 'folder'],
    [datasetsCount, 'dataset'],
    [integrationsCount, 'integration'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, name]) => countOf(count, name));
  if (parts.length === 0) return 'Nothing is shared with it.';
  return `Shared with it: ${new Intl.ListFormat('en').format(parts)}. Its members lose what is shared with them through this group alone.`;
}
