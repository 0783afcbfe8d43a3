import { createPasswordReset } from '@latchkey/contract/routes/one-time-links';
import type { User } from '@latchkey/contract/schemas/user';
import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { CreatedLink } from './created-link.js';

export function PasswordLinkDialog({
  user,
  onClose,
}: {
  readonly user: Pick<User, 'uuid' | 'email'>;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const creation = useMutation({
    mutationFn: () => transport.call(createPasswordReset, { params: { userUuid: user.uuid }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['one-time-links'] }),
  });
  if (creation.data)
    return (
      <Modal
        opened
        onClose={onClose}
        title="Link for a new password"
        size="lg"
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <CreatedLink link={creation.data} email={user.email} onClose={onClose} />
      </Modal>
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Make a link for a new password of ${user.email}?`}
      confirmLabel="Make link"
      isPending={creation.isPending}
      error={creation.error}
      onConfirm={() => creation.mutate()}
    >
      <Text size="sm">
        Whoever has the link can set the password within a day. The present one works until then; when the new
        one is set, all sessions of the user end.
      </Text>
    </ConfirmDialog>
  );
}
