import { handOverUser } from '@latchkey/contract/routes/users';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { HandOverChoice } from './hand-over-choice.js';
import { type UserDialogProps, useUserMutation } from './user-queries.js';

export function HandOverDialog({ user, onClose }: UserDialogProps) {
  const [receiver, setReceiver] = useState<string | null>(null);
  const handingOver = useUserMutation(
    (toUserUuid: string) =>
      transport.call(handOverUser, { params: { userUuid: user.uuid }, body: { toUserUuid } }),
    onClose,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Hand over what is ${user.email}’s?`}
      confirmLabel="Hand over"
      isDisabled={receiver === null}
      isPending={handingOver.isPending}
      error={handingOver.error}
      onConfirm={() => receiver !== null && handingOver.mutate(receiver)}
    >
      <Text size="sm">
        Another user administers it then in their place. Reactivating the user does not take it back.
      </Text>
      <HandOverChoice
        userUuid={user.uuid}
        description="An active user."
        value={receiver}
        onChange={setReceiver}
      />
    </ConfirmDialog>
  );
}
