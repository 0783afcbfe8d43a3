import { removePasskeysOfUser } from '@latchkey/contract/routes/passkeys';
import type { User } from '@latchkey/contract/schemas/user';
import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';

export function RemovePasskeysDialog({
  user,
  onClose,
}: {
  readonly user: Pick<User, 'uuid' | 'email'>;
  readonly onClose: () => void;
}) {
  const removal = useMutation({
    mutationFn: () => transport.call(removePasskeysOfUser, { params: { userUuid: user.uuid } }),
    onSuccess: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Remove all passkeys of ${user.email}?`}
      confirmLabel="Remove"
      isDanger
      isPending={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate()}
    >
      <Text size="sm">
        For who has lost the devices. None of them signs in any more; sessions that have begun stay. Who has
        no password needs a link for a new one then.
      </Text>
    </ConfirmDialog>
  );
}
