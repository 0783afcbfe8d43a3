import { disableSecondFactor } from '@latchkey/contract/routes/second-factor';
import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { CodeForm } from './code-form.js';
import type { DialogProps } from './dialog-props.js';
import { secondFactorKey } from './second-factor-key.js';

export function DisableSecondFactorDialog({ opened, onClose }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Disable the second factor?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <DisableForm onClose={onClose} />
    </Modal>
  );
}

function DisableForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const disabling = useMutation({
    mutationFn: (code: string) => transport.call(disableSecondFactor, { body: { code } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: secondFactorKey });
      onClose();
    },
  });
  return (
    <CodeForm
      submitLabel="Disable"
      errorTitle="The second factor is still there"
      isPending={disabling.isPending}
      error={disabling.error}
      onSubmit={(code) => disabling.mutate(code)}
      onClose={onClose}
    >
      <Text size="sm">Your password alone signs you in then. A recovery code will do as well.</Text>
    </CodeForm>
  );
}
