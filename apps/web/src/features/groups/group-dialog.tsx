import { createGroup, patchGroup } from '@latchkey/contract/routes/groups';
import type { Group } from '@latchkey/contract/schemas/group';
import { useGroupMutation } from '../../components/groups/group-queries.js';
import { NameDialog } from '../../components/storage/name-dialog.js';
import { transport } from '../../lib/api.js';

/** Creates a group, or changes one. */
export function GroupDialog({
  group,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly group?: Group;
  readonly onClose: () => void;
}) {
  const saving = useGroupMutation(
    (body: { name: string; description: string }) =>
      group
        ? transport.call(patchGroup, { params: { groupHash: group.groupHash }, body })
        : transport.call(createGroup, { body }),
    onClose,
  );
  return (
    <NameDialog
      title={group ? 'Rename and describe group' : 'New group'}
      submitLabel={group ? 'Save' : 'Create'}
      initialName={group?.name ?? ''}
      initialDescription={group?.description ?? ''}
      onClose={onClose}
      onSubmit={(values) => saving.mutate(values)}
      isPending={saving.isPending}
      error={saving.error}
    />
  );
}
