import { testWebhook } from '@latchkey/contract/routes/webhooks';
import type { Webhook, WebhookDelivery } from '@latchkey/contract/schemas/webhook';
import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { useWebhookMutation } from './use-webhook-mutation.js';

export function TestWebhookDialog({
  webhook: { webhookUuid, url },
  onClose,
}: {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}) {
  const test = useWebhookMutation(() => transport.call(testWebhook, { params: { webhookUuid } }));
  return (
    <Modal opened onClose={onClose} title="Send a test" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          Sends a signed <Code>webhook.test</Code> message to {url} now, once.
        </Text>
        {test.data && <Outcome delivery={test.data} />}
        <ErrorNotice error={test.error} title="The test was not sent" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button data-autofocus loading={test.isPending} onClick={() => test.mutate()}>
            {test.data ? 'Send again' : 'Send test'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Outcome({ delivery }: { readonly delivery: WebhookDelivery }) {
  const { status, responseStatus, error, durationMs } = delivery;
  if (status === 'delivered')
    return (
      <Alert color="green" icon={<IconCheck aria-hidden />} role="status" title="The receiver has taken it">
        It answered {responseStatus} after {durationMs} ms.
      </Alert>
    );
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="status" title="It was not taken">
      {error}
    </Alert>
  );
}
