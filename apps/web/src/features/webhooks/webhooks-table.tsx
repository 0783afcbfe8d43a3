import type { Webhook } from '@latchkey/contract/schemas/webhook';
import { ActionIcon, Anchor, Badge, Code, Menu, Table, Text } from '@mantine/core';
import { IconDotsVertical, IconKey, IconList, IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { RelativeTime } from '../../components/relative-time.js';
import { formatCount } from '../../lib/format.js';

export type WebhookAction = 'edit' | 'test' | 'rotate' | 'delete';

interface Props {
  readonly onAction: (action: WebhookAction, webhook: Webhook) => void;
}

export function WebhooksTable({ webhooks, onAction }: Props & { readonly webhooks: readonly Webhook[] }) {
  return (
    <Table.ScrollContainer
      minWidth={720}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Webhooks, scrollable' },
      }}
    >
      <Table verticalSpacing="sm" aria-label="Webhooks">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>URL</Table.Th>
            <Table.Th>Events</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">Waiting</Table.Th>
            <Table.Th>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.webhookUuid} webhook={webhook} onAction={onAction} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          data-actions={webhook.webhookUuid}
          variant="subtle"
          color="gray"
          aria-label={`Actions for ${webhook.url}`}
        >
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
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
        <Menu.Item
          color="var(--mantine-color-error)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => onAction('delete', webhook)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
