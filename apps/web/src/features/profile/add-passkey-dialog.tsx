import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { passkeysKey } from './passkeys-key.js';
import { useConfirmation } from './use-confirmation.js';
import { describeBrowser } from './user-agent.js';

export function AddPasskeyDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Add passkey"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <AddPasskeyForm onClose={onClose} />
    </Modal>
  );
}

function AddPasskeyForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const confirmation = useConfirmation();
  const [name, setName] = useState(() => describeBrowser(navigator.userAgent));
  const addition = useMutation({
    mutationFn: async () =>
      (await import('../../lib/passkeys.js')).createPasskey(name.trim(), confirmation.body),
    onError: confirmation.heed,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: passkeysKey });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    addition.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          Your browser asks next where to keep it, and your device who you are. Only a public key is stored
          here.
        </Text>
        <TextInput
          label="Name"
          description="So that you can tell it from others."
          required
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {confirmation.field}
        <ErrorNotice error={confirmation.shown(addition.error)} title="The passkey was not added" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={addition.isPending} disabled={name.trim() === ''}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
