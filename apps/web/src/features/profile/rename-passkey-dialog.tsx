import { renamePasskey } from '@latchkey/contract/routes/passkeys';
import type { Passkey } from '@latchkey/contract/schemas/passkey';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { passkeysKey } from './passkeys-key.js';

interface PasskeyDialogProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

export function RenamePasskeyDialog(props: PasskeyDialogProps) {
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`Rename ${props.passkey.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RenameForm {...props} />
    </Modal>
  );
}

function RenameForm({ passkey, onClose }: PasskeyDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(passkey.name);
  const renaming = useMutation({
    mutationFn: () =>
      transport.call(renamePasskey, {
        params: { passkeyUuid: passkey.uuid },
        body: { name: name.trim() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: passkeysKey });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    renaming.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ErrorNotice error={renaming.error} title="The passkey was not renamed" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={renaming.isPending} disabled={name.trim() === ''}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
