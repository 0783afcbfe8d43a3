import { patchUser } from '@latchkey/contract/routes/users';
import type { User } from '@latchkey/contract/schemas/user';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { isRole, roles } from './organisation-roles.js';
import { useUserMutation } from './user-queries.js';

export function EditUserDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const [name, setName] = useState(user.name);
  const [organisationRole, setRole] = useState(user.organisationRole);
  const saving = useUserMutation(
    () =>
      transport.call(patchUser, {
        params: { userUuid: user.uuid },
        body: {
          ...(name.trim() !== user.name && { name: name.trim() }),
          ...(organisationRole !== user.organisationRole && { organisationRole }),
        },
      }),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Change ${user.email}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            maxLength={200}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {user.kind === 'person' && (
            <Select
              label="Role"
              description="Administrators see and change all users, folders and integrations. Invitations and links of one who becomes a member are revoked."
              data={roles}
              allowDeselect={false}
              value={organisationRole}
              onChange={(role) => isRole(role) && setRole(role)}
            />
          )}
          <ErrorNotice error={saving.error} title="The user was not changed" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
