import type { User } from '@latchkey/contract/schemas/user';
import { Button, Center, Loader, Table } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { RelativeTime } from '../../components/relative-time.js';
import { ScrollingTable } from '../../components/scrolling-table.js';
import { useCurrentUser } from '../../lib/session.js';
import { useUsers } from '../../lib/users.js';
import { CreateUserDialog } from './create-user-dialog.js';

export function UsersPage() {
  const isAdmin = useCurrentUser().organisationRole === 'admin';
  const [isAdding, setAdding] = useState(false);
  const users = useUsers();
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can use this Latchkey. Administrators see this page; members do not."
        actions={
          isAdmin && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              Add user
            </Button>
          )
        }
      />
      <ErrorNotice error={users.error} title="The users could not be loaded" />
      {users.isPending && (
        <Center h={160}>
          <Loader aria-label="Loading the users" />
        </Center>
      )}
      {users.data && <UsersTable users={users.data} />}
      <CreateUserDialog opened={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}

const columns = ['Name', 'E-mail address', 'Role', 'Added'] as const;

function UsersTable({ users }: { readonly users: readonly User[] }) {
  return (
    <ScrollingTable label="Users" minWidth={560} verticalSpacing="sm" columns={columns}>
      {users.map((user) => (
        <Table.Tr key={user.uuid}>
          <Table.Td fw={600}>{user.name}</Table.Td>
          <Table.Td>{user.email}</Table.Td>
          <Table.Td>{user.organisationRole === 'admin' ? 'Administrator' : 'Member'}</Table.Td>
          <Table.Td>
            <RelativeTime timestamp={user.createdAt} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}
