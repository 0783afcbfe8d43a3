import { limits } from '@latchkey/contract/limits';
import { createGroup, patchGroup } from '@latchkey/contract/routes/groups';
import type { Group } from '@latchkey/contract/schemas/group';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useGroupMutation } from '../../components/groups/group-queries.js';
import { NameDialog } from '../../components/storage/name-dialog.js';
import { transport } from '../../lib/api.js';
import { useSignInMethods } from '../../lib/sign-in-methods.js';

/** Creates a group, or changes one. */
export function GroupDialog({
  group,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly group?: Group;
  readonly onClose: () => void;
}) {
  const provider = useSignInMethods().data?.singleSignOn?.name;
  const formerGroup = group?.providerGroup ?? '';
  const [providerGroup, setProviderGroup] = useState(formerGroup);
  const isChanged = providerGroup.trim() !== formerGroup;
  const saving = useGroupMutation(
    (body: { name: string; description: string; providerGroup?: string | null }) =>
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
      onSubmit={(values) =>
        saving.mutate(isChanged ? { ...values, providerGroup: providerGroup.trim() || null } : values)
      }
      isPending={saving.isPending}
      error={saving.error}
    >
      {(provider !== undefined || formerGroup !== '') && (
        <TextInput
          label={`Group at ${provider ?? 'the identity provider'}`}
          description={
            isChanged && formerGroup !== ''
              ? `Whoever came by “${formerGroup}” leaves the group when you save.`
              : 'Whoever signs in as a member of it becomes a member of this group, and leaves when that ends.'
          }
          maxLength={limits.providerGroupLength}
          value={providerGroup}
          onChange={(event) => setProviderGroup(event.currentTarget.value)}
        />
      )}
    </NameDialog>
  );
}
