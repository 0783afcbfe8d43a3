import { resetSecondFactor } from '@latchkey/contract/routes/second-factor';
import type { User } from '@latchkey/contract/schemas/user';
import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';

export function ResetSecondFactorDialog({
  user,
  onClose,
}: {
  readonly user: Pick<User, 'uuid' | 'email'>;
  readonly onClose: () => void;
}) {
  const reset = useMutation({
    mutationFn: () => transport.call(resetSecondFactor, { params: { userUuid: user.uuid } }),
    onSuccess: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Remove the second factor of ${user.email}?`}
      confirmLabel="Remove"
      isDanger
      isPending={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate()}
    >
      <Text size="sm">
        For who has lost the device and the recovery codes. Make sure that it is they who ask: the password
        alone signs in then, until they set up another.
      </Text>
    </ConfirmDialog>
  );
}
