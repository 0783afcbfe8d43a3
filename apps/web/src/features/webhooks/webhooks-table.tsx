import type { Webhook } from '@latchkey/contract/schemas/webhook';
import { Anchor, Badge, Code, Menu, Table, Text } from '@mantine/core';
import { IconKey, IconList, IconPencil, IconSend } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ActionsMenu, DeleteMenuItem } from '../../components/actions-menu.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { formatCount } from '../../lib/format.js';

export type WebhookAction = 'edit' | 'test' | 'rotate' | 'delete';

interface Props {
  readonly onAction: (action: WebhookAction, webhook: Webhook) => void;
}

const columns = ['URL', 'Events', 'State', { name: 'Waiting', ta: 'right' }, actionsColumn] as const;

export function WebhooksTable({ webhooks, onAction }: Props & { readonly webhooks: readonly Webhook[] }) {
  return (
    <ScrollingTable label="Webhooks" minWidth={720} verticalSpacing="sm" columns={columns}>
      {webhooks.map((webhook) => (
        <WebhookRow key={webhook.webhookUuid} webhook={webhook} onAction={onAction} />
      ))}
    </ScrollingTable>
  );
}

function WebhookRow({ webhook, onAction }: Props & { readonly webhook: Webhook }) {
  const { webhookUuid, url, description, events, pendingCount } = webhook;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td maw={340} style={{ overflowWrap: 'anywhere' }}>
        <Anchor component={Link} to={`/webhooks/${webhookUuid}`} size="sm">
          {url}
        </Anchor>
        {description !== '' && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {events.map((event) => (
          <div key={event}>
            <Code>{event}</Code>
          </div>
        ))}
      </Table.Td>
      <Table.Td>
        <WebhookState webhook={webhook} />
      </Table.Td>
      <Table.Td ta="right">{formatCount(pendingCount)}</Table.Td>
      <Table.Td>
        <RowMenu webhook={webhook} onAction={onAction} />
      </Table.Td>
    </Table.Tr>
  );
}

export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const { isEnabled, failingSince } = webhook;
  return (
    <>
      <Badge variant="default" tt="none">
        {isEnabled ? 'On' : 'Off'}
      </Badge>
      {failingSince !== null && (
        <Text size="xs" c="red">
          Fails since <RelativeTime timestamp={failingSince} />
        </Text>
      )}
    </>
  );
}

function RowMenu({ webhook, onAction }: Props & { readonly webhook: Webhook }) {
  const items = [
    ['edit', 'Edit, switch on or off', IconPencil],
    ['test', 'Send a test', IconSend],
    ['rotate', 'Rotate the secret', IconKey],
  ] as const;
  return (
    <ActionsMenu of={webhook.webhookUuid} name={webhook.url}>
      <Menu.Item
        component={Link}
        to={`/webhooks/${webhook.webhookUuid}`}
        leftSection={<IconList size={16} aria-hidden />}
      >
        Deliveries
      </Menu.Item>
      {items.map(([action, label, Icon]) => (
        <Menu.Item
          key={action}
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() => onAction(action, webhook)}
        >
          {label}
        </Menu.Item>
      ))}
      <DeleteMenuItem onClick={() => onAction('delete', webhook)} />
    </ActionsMenu>
  );
}
