import type { Group } from '@latchkey/contract/schemas/group';
import { Menu, Table, Text } from '@mantine/core';
import { IconPencil, IconUsers } from '@tabler/icons-react';
import { ActionsMenu, DeleteMenuItem } from '../../components/actions-menu.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { formatCount } from '../../lib/format.js';

export type GroupAction = 'members' | 'edit' | 'delete';

interface Props {
  readonly onAction: (action: GroupAction, group: Group) => void;
}

const columns = ['Name', { name: 'Members', ta: 'right' }, 'Created', actionsColumn] as const;

export function GroupsTable({ groups, onAction }: Props & { readonly groups: readonly Group[] }) {
  return (
    <ScrollingTable label="Groups" minWidth={480} verticalSpacing="sm" columns={columns}>
      {groups.map((group) => (
        <Table.Tr key={group.groupHash}>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>
            <Text fw={600} size="sm">
              {group.name}
            </Text>
            {group.description !== '' && (
              <Text size="xs" c="dimmed" lineClamp={2}>
                {group.description}
              </Text>
            )}
            {group.providerGroup !== null && (
              <Text size="xs" c="dimmed">
                Follows “{group.providerGroup}” of the identity provider
              </Text>
            )}
          </Table.Td>
          <Table.Td ta="right">{formatCount(group.membersCount)}</Table.Td>
          <Table.Td>
            <RelativeTime timestamp={group.createdAt} />
          </Table.Td>
          <Table.Td w={48}>
            <GroupMenu group={group} onAction={onAction} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}

function GroupMenu({ group, onAction }: Props & { readonly group: Group }) {
  return (
    <ActionsMenu of={group.groupHash} name={group.name}>
      <Menu.Item leftSection={<IconUsers size={16} aria-hidden />} onClick={() => onAction('members', group)}>
        Members
      </Menu.Item>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onAction('edit', group)}>
        Rename and describe
      </Menu.Item>
      <DeleteMenuItem onClick={() => onAction('delete', group)} />
    </ActionsMenu>
  );
}
