import { createUser } from '@latchkey/contract/routes/session';
import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { isRole, type Role, roles } from './organisation-roles.js';

export function CreateUserDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add user" closeButtonProps={{ 'aria-label': 'Close' }}>
      <CreateUserForm onClose={onClose} />
    </Modal>
  );
}

function CreateUserForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [fields, setFields] = useState({ name: '', email: '', password: '' });
  const [organisationRole, setRole] = useState<Role>('member');
  const creation = useMutation({
    mutationFn: () =>
      transport.call(createUser, {
        body: {
          email: fields.email.trim(),
          name: fields.name.trim(),
          organisationRole,
          ...(fields.password !== '' && { password: fields.password }),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creation.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          data-autofocus
          maxLength={200}
          autoComplete="off"
          value={fields.name}
          onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })}
        />
        <TextInput
          label="E-mail address"
          type="email"
          required
          maxLength={320}
          autoComplete="off"
          value={fields.email}
          onChange={(event) => setFields({ ...fields, email: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          description="At least 10 characters. Without one, the user cannot sign in to the web app until you make a link for it."
          minLength={10}
          maxLength={1000}
          autoComplete="new-password"
          value={fields.password}
          onChange={(event) => setFields({ ...fields, password: event.currentTarget.value })}
        />
        <Select
          label="Role"
          data={roles}
          allowDeselect={false}
          value={organisationRole}
          onChange={(role) => isRole(role) && setRole(role)}
        />
        <ErrorNotice error={creation.error} title="The user was not added" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending}>
            Add user
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
