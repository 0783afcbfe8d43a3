import { reactivateUser } from '@latchkey/contract/routes/users';
import { Text } from '@mantine/core';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { type UserDialogProps, useUserMutation } from './user-queries.js';

export function ReactivateUserDialog({ user, onClose }: UserDialogProps) {
  const reactivation = useUserMutation(
    () => transport.call(reactivateUser, { params: { userUuid: user.uuid } }),
    onClose,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Reactivate ${user.email}?`}
      confirmLabel="Reactivate"
      isPending={reactivation.isPending}
      error={reactivation.error}
      onConfirm={() => reactivation.mutate()}
    >
      <Text size="sm">
        The user signs in as before, in the same role; their API tokens and SSH keys work again. What was
        handed over stays with who got it.
      </Text>
    </ConfirmDialog>
  );
}
