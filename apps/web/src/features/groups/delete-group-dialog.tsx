import { deleteGroup } from '@latchkey/contract/routes/groups';
import type { Group } from '@latchkey/contract/schemas/group';
import { Text } from '@mantine/core';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
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
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${name}?`}
      confirmLabel="Delete"
      isDanger
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      <Text size="sm">
        {membersCount === 0
          ? 'Nobody is in the group.'
          : `${countOf(membersCount, 'user is', 'users are')} in the group. What was shared with them through it alone is no longer shared with them.`}
      </Text>
    </ConfirmDialog>
  );
}
