import { removePasskey } from '@latchkey/contract/routes/passkeys';
import type { Passkey } from '@latchkey/contract/schemas/passkey';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { passkeysKey } from './passkeys-key.js';
import { useConfirmation } from './use-confirmation.js';

interface PasskeyDialogProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

export function RemovePasskeyDialog(props: PasskeyDialogProps) {
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`Remove passkey ${props.passkey.name}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RemoveForm {...props} />
    </Modal>
  );
}

function RemoveForm({ passkey, onClose }: PasskeyDialogProps) {
  const client = useQueryClient();
  const confirmation = useConfirmation();
  const removal = useMutation({
    mutationFn: () =>
      transport.call(removePasskey, {
        params: { passkeyUuid: passkey.uuid },
        body: confirmation.body,
      }),
    onError: confirmation.heed,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: passkeysKey });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    removal.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          It does not sign you in any more. Your device may go on offering it: delete it there as well.
        </Text>
        {confirmation.field}
        <ErrorNotice error={confirmation.shown(removal.error)} title="The passkey was not removed" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={removal.isPending}>
            Remove
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
