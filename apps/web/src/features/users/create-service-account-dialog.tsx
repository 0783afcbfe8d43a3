import { createServiceAccount } from '@latchkey/contract/routes/service-accounts';
import type { User } from '@latchkey/contract/schemas/user';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { useUserMutation } from './user-queries.js';

interface Props {
  readonly onClose: () => void;
  /** Its keys and tokens come next. */
  readonly onCreated: (user: User) => void;
}

export function CreateServiceAccountDialog({ onClose, onCreated }: Props) {
  const [name, setName] = useState('');
  const creation = useUserMutation(
    () => transport.call(createServiceAccount, { body: { name: name.trim() } }),
    onCreated,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creation.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="Add service account" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            Programs act as it, by API tokens and SSH keys that you make next. It sees what is shared with it,
            as members do, and signs in nowhere.
          </Text>
          <TextInput
            label="Name"
            description="What it is for."
            required
            data-autofocus
            maxLength={200}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ErrorNotice error={creation.error} title="The service account was not added" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.isPending} disabled={name.trim() === ''}>
              Add service account
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
