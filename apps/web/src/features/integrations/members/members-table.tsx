import type { UserRole } from '@latchkey/contract/schemas/common';
import type { IntegrationMember } from '@latchkey/contract/schemas/integration';
import { ActionIcon, NativeSelect, Table } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { actionsColumn, ScrollingTable } from '../../../components/scrolling-table.js';
import { UserName } from '../../../components/user-name.js';
import { roleChoices } from './roles.js';

interface MembersTableProps {
  readonly members: readonly IntegrationMember[];
  readonly isBusy: boolean;
  readonly onSetRole: (member: IntegrationMember, role: UserRole) => void;
  readonly onRemove: (member: IntegrationMember) => void;
}

export function MembersTable({ members, isBusy, onSetRole, onRemove }: MembersTableProps) {
  return (
    <ScrollingTable label="Members" minWidth={420} columns={['Member', 'Role', actionsColumn]}>
      {members.map((member) => (
        <Table.Tr key={member.userUuid}>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>
            <UserName name={member.name} email={member.email} />
          </Table.Td>
          <Table.Td w={130}>
            <NativeSelect
              size="xs"
              aria-label={`Role of ${member.email}`}
              data={roleChoices}
              value={member.userRole}
              disabled={isBusy}
              onChange={({ currentTarget }) =>
                onSetRole(member, currentTarget.value === 'admin' ? 'admin' : 'user')
              }
            />
          </Table.Td>
          <Table.Td w={48}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${member.email}`}
              disabled={isBusy}
              onClick={() => onRemove(member)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}
