import { renewRecoveryCodes } from '@latchkey/contract/routes/second-factor';
import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { CodeForm } from './code-form.js';
import type { DialogProps } from './dialog-props.js';
import { RecoveryCodes } from './recovery-codes.js';
import { secondFactorKey } from './second-factor-key.js';

export function RenewRecoveryCodesDialog({ opened, onClose }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New recovery codes"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RenewForm onClose={onClose} />
    </Modal>
  );
}

function RenewForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const renewal = useMutation({
    mutationFn: (code: string) => transport.call(renewRecoveryCodes, { body: { code } }),
    onSuccess: () => client.invalidateQueries({ queryKey: secondFactorKey }),
  });
  if (renewal.data) return <RecoveryCodes codes={renewal.data.recoveryCodes} onClose={onClose} />;
  return (
    <CodeForm
      submitLabel="Make codes"
      errorTitle="There are no new codes"
      isPending={renewal.isPending}
      error={renewal.error}
      onSubmit={(code) => renewal.mutate(code)}
      onClose={onClose}
    >
      <Text size="sm">The recovery codes so far do not work any more then.</Text>
    </CodeForm>
  );
}
