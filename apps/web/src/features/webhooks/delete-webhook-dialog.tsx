import { deleteWebhook } from '@latchkey/contract/routes/webhooks';
import type { Webhook } from '@latchkey/contract/schemas/webhook';
import { Text } from '@mantine/core';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { countOf } from '../../lib/format.js';
import { useWebhookMutation } from './use-webhook-mutation.js';

export function DeleteWebhookDialog({
  webhook: { webhookUuid, url, pendingCount },
  onClose,
}: {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}) {
  const deletion = useWebhookMutation(
    () => transport.call(deleteWebhook, { params: { webhookUuid } }),
    onClose,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Delete the webhook?"
      confirmLabel="Delete"
      isDanger
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        Nothing is sent to {url} any more, and its deliveries are deleted
        {pendingCount > 0 && `, ${countOf(pendingCount, 'of them waiting', 'of them waiting')}`}.
      </Text>
    </ConfirmDialog>
  );
}
