import { rotateWebhookSecret } from '@latchkey/contract/routes/webhooks';
import type { Webhook } from '@latchkey/contract/schemas/webhook';
import { Checkbox, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { NewSecret } from './new-secret.js';
import { useWebhookMutation } from './use-webhook-mutation.js';

const overlapHours = 24;

export function RotateSecretDialog({
  webhook: { webhookUuid },
  onClose,
}: {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}) {
  const [isKnown, setKnown] = useState(false);
  const rotation = useWebhookMutation(() =>
    transport.call(rotateWebhookSecret, {
      params: { webhookUuid },
      body: { overlapHours: isKnown ? 0 : overlapHours },
    }),
  );
  if (rotation.data)
    return (
      <Modal
        opened
        onClose={onClose}
        title="The new secret"
        size="lg"
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <NewSecret secret={rotation.data.secret} onClose={onClose} />
      </Modal>
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Rotate the secret?"
      confirmLabel="Rotate"
      isPending={rotation.isPending}
      error={rotation.error}
      onConfirm={() => rotation.mutate()}
    >
      <Text size="sm">
        For {overlapHours} hours messages are signed with the new and the former secret, so that the receiver
        can follow.
      </Text>
      <Checkbox
        label="The former secret is known to others: it signs no more at once"
        checked={isKnown}
        onChange={(event) => setKnown(event.currentTarget.checked)}
      />
    </ConfirmDialog>
  );
}
