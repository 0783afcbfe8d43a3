import type { Integration } from '@latchkey/contract/schemas/integration';
import { Badge, Group, Menu, Table, Text } from '@mantine/core';
import { IconPencil, IconShieldCheck, IconSignature, IconStethoscope, IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ActionsMenu, DeleteMenuItem } from '../../components/actions-menu.js';
import { ClientOnlyBadge } from '../../components/client-only-badge.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { formatCount } from '../../lib/format.js';

export type IntegrationAction = 'edit' | 'members' | 'strict' | 'signer' | 'delete';

const columns = [
  'Title',
  'Type',
  'Access',
  'Allowed hosts',
  { name: 'Items', ta: 'right' },
  'Your role',
  actionsColumn,
] as const;

export function IntegrationsTable({
  integrations,
  onAction,
}: {
  readonly integrations: readonly Integration[];
  readonly onAction: (action: IntegrationAction, integration: Integration) => void;
}) {
  return (
    <ScrollingTable label="Integrations" minWidth={720} verticalSpacing="sm" columns={columns}>
      {integrations.map((integration) => (
        <IntegrationRow key={integration.integrationUuid} integration={integration} onAction={onAction} />
      ))}
    </ScrollingTable>
  );
}

function IntegrationRow({
  integration,
  onAction,
}: {
  readonly integration: Integration;
  readonly onAction: (action: IntegrationAction, integration: Integration) => void;
}) {
  return (
    <Table.Tr>
      <Table.Td fw={600}>{integration.title}</Table.Td>
      <Table.Td>Direct Access</Table.Td>
      <Table.Td>
        {integration.strictClientOnly ? <ClientOnlyBadge /> : <Text size="sm">Standard</Text>}
        {integration.signerUrl !== null && (
          <Text size="xs" c="dimmed" title={integration.signerUrl}>
            With a signer
          </Text>
        )}
        {integration.gateways.map(({ url, bucketUrl }) => (
          <Text key={url} size="xs" c="dimmed" title={bucketUrl ?? undefined}>
            Gateway {new URL(url).host}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <AllowedHosts hosts={integration.allowedHosts} />
      </Table.Td>
      <Table.Td ta="right">{formatCount(integration.itemsCount)}</Table.Td>
      <Table.Td>{integration.userRole === 'admin' ? 'Admin' : 'User'}</Table.Td>
      <Table.Td>
        <RowMenu integration={integration} onAction={onAction} />
      </Table.Td>
    </Table.Tr>
  );
}

function AllowedHosts({ hosts }: { readonly hosts: readonly string[] }) {
  if (hosts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Any host
      </Text>
    );
  const shown = hosts.slice(0, 3);
  return (
    <Group gap={4}>
      {shown.map((host) => (
        <Badge key={host} variant="default" tt="none" maw={260} title={host}>
          {host}
        </Badge>
      ))}
      {hosts.length > shown.length && (
        <Text size="xs" c="dimmed" title={hosts.slice(3).join('\n')}>
          and {hosts.length - shown.length} more
        </Text>
      )}
    </Group>
  );
}

function RowMenu({
  integration,
  onAction,
}: {
  readonly integration: Integration;
  readonly onAction: (action: IntegrationAction, integration: Integration) => void;
}) {
  return (
    <ActionsMenu of={integration.integrationUuid} name={integration.title}>
      <Menu.Item
        component={Link}
        to={`/access?integration=${integration.integrationUuid}`}
        leftSection={<IconStethoscope size={16} aria-hidden />}
      >
        Check the access, set up CORS
      </Menu.Item>
      {integration.userRole === 'admin' && <AdminItems integration={integration} onAction={onAction} />}
    </ActionsMenu>
  );
}

function AdminItems({
  integration,
  onAction,
}: {
  readonly integration: Integration;
  readonly onAction: (action: IntegrationAction, integration: Integration) => void;
}) {
  return (
    <>
      <Menu.Item
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={() => onAction('edit', integration)}
      >
        Edit title, hosts, gateways and signer
      </Menu.Item>
      <Menu.Item
        leftSection={<IconUsers size={16} aria-hidden />}
        onClick={() => onAction('members', integration)}
      >
        Members and groups
      </Menu.Item>
      <Menu.Item
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        onClick={() => onAction('strict', integration)}
      >
        {integration.strictClientOnly ? 'Switch off strict access' : 'Switch on strict access'}
      </Menu.Item>
      {integration.signerUrl !== null && (
        <Menu.Item
          leftSection={<IconSignature size={16} aria-hidden />}
          onClick={() => onAction('signer', integration)}
        >
          Test the signer
        </Menu.Item>
      )}
      <DeleteMenuItem onClick={() => onAction('delete', integration)} />
    </>
  );
}
