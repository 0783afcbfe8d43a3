import { changePassword } from '@latchkey/contract/routes/sessions';
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';

export function ChangePasswordDialog({
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
      title="Change password"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ChangePasswordForm onClose={onClose} />
    </Modal>
  );
}

function ChangePasswordForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [fields, setFields] = useState({ currentPassword: '', newPassword: '' });
  const change = useMutation({
    mutationFn: () => transport.call(changePassword, { body: fields }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  if (change.data)
    return (
      <Stack>
        <Text size="sm" role="status">
          The password is changed. All your other sessions have ended.
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            Done
          </Button>
        </Group>
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          All your other sessions end. SSH keys and API tokens stay.
        </Text>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          data-autofocus
          maxLength={1000}
          value={fields.currentPassword}
          onChange={(event) => setFields({ ...fields, currentPassword: event.currentTarget.value })}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters."
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={1000}
          value={fields.newPassword}
          onChange={(event) => setFields({ ...fields, newPassword: event.currentTarget.value })}
        />
        <ErrorNotice error={change.error} title="The password was not changed" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
