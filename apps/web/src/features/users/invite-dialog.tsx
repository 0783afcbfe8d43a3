import { createInvitation } from '@latchkey/contract/routes/one-time-links';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { CreatedLink } from './created-link.js';
import { isRole, type Role, roles } from './organisation-roles.js';

const lifetimes = [
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
] as const;

export function InviteDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Invite user"
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <InviteForm onClose={onClose} />
    </Modal>
  );
}

function InviteForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [organisationRole, setRole] = useState<Role>('member');
  const [lifetime, setLifetime] = useState<string>('168');
  const invitation = useMutation({
    mutationFn: () =>
      transport.call(createInvitation, {
        body: { email: email.trim(), organisationRole, expiresInHours: Number(lifetime) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['one-time-links'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invitation.mutate();
  };
  if (invitation.data) return <CreatedLink link={invitation.data} email={email.trim()} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="E-mail address"
          type="email"
          required
          data-autofocus
          maxLength={320}
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label="Role"
          data={roles}
          allowDeselect={false}
          value={organisationRole}
          onChange={(role) => isRole(role) && setRole(role)}
        />
        <Select
          label="The link expires after"
          data={lifetimes}
          allowDeselect={false}
          value={lifetime}
          onChange={(value) => setLifetime(value ?? '168')}
        />
        <ErrorNotice error={invitation.error} title="Nobody was invited" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invitation.isPending}>
            Make link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
