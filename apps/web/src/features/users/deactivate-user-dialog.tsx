import { deactivateUser } from '@latchkey/contract/routes/users';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { HandOverChoice } from './hand-over-choice.js';
import { type UserDialogProps, useUserMutation } from './user-queries.js';

export function DeactivateUserDialog({ user, onClose }: UserDialogProps) {
  const [receiver, setReceiver] = useState<string | null>(null);
  const deactivation = useUserMutation(
    () =>
      transport.call(deactivateUser, {
        params: { userUuid: user.uuid },
        body: { handOverToUserUuid: receiver },
      }),
    onClose,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Deactivate ${user.email}?`}
      confirmLabel={receiver === null ? 'Deactivate' : 'Deactivate and hand over'}
      isDanger
      isPending={deactivation.isPending}
      error={deactivation.error}
      onConfirm={() => deactivation.mutate()}
    >
      <Text size="sm">
        All sessions of the user end at once; signing in, API tokens and SSH keys do not work any more. Links
        and invitations that they made are revoked. Nothing of theirs is lost, and you can reactivate them.
      </Text>
      <HandOverChoice
        userUuid={user.uuid}
        description="You can leave this out and hand over later."
        value={receiver}
        onChange={setReceiver}
      />
    </ConfirmDialog>
  );
}
