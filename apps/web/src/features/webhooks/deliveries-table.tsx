import { redeliverWebhook } from '@latchkey/contract/routes/webhooks';
import type { WebhookDelivery } from '@latchkey/contract/schemas/webhook';
import { Badge, Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { transport } from '../../lib/api.js';
import { useWebhookMutation } from './use-webhook-mutation.js';

interface Props {
  readonly webhookUuid: string;
}

const columns = [
  'When',
  'Event',
  'Status',
  { name: 'Attempts', ta: 'right' },
  'Answer',
  actionsColumn,
] as const;

export function DeliveriesTable({
  webhookUuid,
  deliveries,
}: Props & { readonly deliveries: readonly WebhookDelivery[] }) {
  return (
    <ScrollingTable label="Deliveries" minWidth={760} verticalSpacing="sm" columns={columns}>
      {deliveries.map((delivery) => (
        <DeliveryRow key={delivery.deliveryUuid} webhookUuid={webhookUuid} delivery={delivery} />
      ))}
    </ScrollingTable>
  );
}

function DeliveryRow({ webhookUuid, delivery }: Props & { readonly delivery: WebhookDelivery }) {
  const [isOpen, setOpen] = useState(false);
  const { deliveryUuid, createdAt, eventType, attemptsCount, responseStatus, error } = delivery;
  const again = useWebhookMutation(() =>
    transport.call(redeliverWebhook, { params: { webhookUuid, deliveryUuid } }),
  );
  return (
    <>
      <Table.Tr style={{ verticalAlign: 'top' }}>
        <Table.Td style={{ whiteSpace: 'nowrap' }}>
          <RelativeTime timestamp={createdAt} />
        </Table.Td>
        <Table.Td>
          <Code>{eventType}</Code>
        </Table.Td>
        <Table.Td>
          <Status delivery={delivery} />
        </Table.Td>
        <Table.Td ta="right">{attemptsCount}</Table.Td>
        <Table.Td maw={300} style={{ overflowWrap: 'anywhere' }}>
          <Text size="sm">{error ?? responseStatus ?? '-'}</Text>
          <ErrorNotice error={again.error} title="It is not sent again" />
        </Table.Td>
        <Table.Td>
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Button
              size="xs"
              variant="subtle"
              aria-expanded={isOpen}
              onClick={() => setOpen((before) => !before)}
            >
              {isOpen ? 'Hide' : 'Show'}
            </Button>
            <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
              Send again
            </Button>
          </Group>
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={6}>
            <Content delivery={delivery} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

const badges = {
  pending: ['Waiting', 'gray'],
  delivered: ['Delivered', 'teal'],
  failed: ['Failed', 'red'],
} as const;

function Status({ delivery: { status, nextAttemptAt } }: { readonly delivery: WebhookDelivery }) {
  const [label, color] = badges[status];
  return (
    <>
      <Badge
        variant="outline"
        color={color}
        tt="none"
        styles={{ label: { color: 'var(--mantine-color-text)' } }}
      >
        {label}
      </Badge>
      {nextAttemptAt !== null && (
        <Text size="xs" c="dimmed">
          next attempt <RelativeTime timestamp={nextAttemptAt} />
        </Text>
      )}
    </>
  );
}

/** What was sent and answered, as text. */
function Content({ delivery }: { readonly delivery: WebhookDelivery }) {
  const { webhookId, payload, responseBody, durationMs } = delivery;
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {webhookId}
        {durationMs !== null && `, answered after ${durationMs} ms`}
      </Text>
      <Code block tabIndex={0}>
        {JSON.stringify(payload, null, 2)}
      </Code>
      {responseBody !== null && responseBody !== '' && (
        <>
          <Text size="sm">The answer:</Text>
          <Code block tabIndex={0}>
            {responseBody}
          </Code>
        </>
      )}
    </Stack>
  );
}
