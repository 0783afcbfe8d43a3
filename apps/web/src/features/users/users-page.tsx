import type { User } from '@latchkey/contract/schemas/user';
import { Button, Group, Menu, Table } from '@mantine/core';
import {
  IconDeviceMobileOff,
  IconFingerprintOff,
  IconKey,
  IconMailPlus,
  IconPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { ActionsMenu } from '../../components/actions-menu.js';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { focusFirst } from '../../lib/focus-first.js';
import { useCurrentUser } from '../../lib/session.js';
import { useUsers } from '../../lib/users.js';
import { CreateUserDialog } from './create-user-dialog.js';
import { InviteDialog } from './invite-dialog.js';
import { OneTimeLinksSection } from './one-time-links-section.js';
import { PasswordLinkDialog } from './password-link-dialog.js';
import { RemovePasskeysDialog } from './remove-passkeys-dialog.js';
import { ResetSecondFactorDialog } from './reset-second-factor-dialog.js';

export function UsersPage() {
  const isAdmin = useCurrentUser().organisationRole === 'admin';
  const [isAdding, setAdding] = useState(false);
  const [isInviting, setInviting] = useState(false);
  const users = useUsers();
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can use this Latchkey. Administrators see this page; members do not."
        actions={
          isAdmin && (
            <Group gap="xs">
              <Button
                variant="default"
                leftSection={<IconMailPlus size={16} aria-hidden />}
                onClick={() => setInviting(true)}
              >
                Invite user
              </Button>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
                Add user
              </Button>
            </Group>
          )
        }
      />
      <ErrorNotice error={users.error} title="The users could not be loaded" />
      {users.isPending && <CenteredLoader label="Loading the users" />}
      {users.data && <UsersTable users={users.data} />}
      {isAdmin && <OneTimeLinksSection />}
      <InviteDialog opened={isInviting} onClose={() => setInviting(false)} />
      <CreateUserDialog opened={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}

const columns = ['Name', 'E-mail address', 'Role', 'Added', actionsColumn] as const;

function UsersTable({ users }: { readonly users: readonly User[] }) {
  const [dialog, setDialog] = useState<{ kind: 'password' | 'secondFactor' | 'passkeys'; user: User } | null>(
    null,
  );
  const close = () => {
    setDialog(null);
    if (dialog) focusFirst(`[data-actions="${dialog.user.uuid}"]`);
  };
  return (
    <>
      <ScrollingTable label="Users" minWidth={560} verticalSpacing="sm" columns={columns}>
        {users.map((user) => (
          <Table.Tr key={user.uuid}>
            <Table.Td fw={600}>{user.name}</Table.Td>
            <Table.Td>{user.email}</Table.Td>
            <Table.Td>{user.organisationRole === 'admin' ? 'Administrator' : 'Member'}</Table.Td>
            <Table.Td>
              <RelativeTime timestamp={user.createdAt} />
            </Table.Td>
            <Table.Td ta="right">
              <ActionsMenu of={user.uuid} name={user.email}>
                <Menu.Item
                  leftSection={<IconKey size={16} aria-hidden />}
                  onClick={() => setDialog({ kind: 'password', user })}
                >
                  Link for a new password
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconDeviceMobileOff size={16} aria-hidden />}
                  onClick={() => setDialog({ kind: 'secondFactor', user })}
                >
                  Remove the second factor
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconFingerprintOff size={16} aria-hidden />}
                  onClick={() => setDialog({ kind: 'passkeys', user })}
                >
                  Remove the passkeys
                </Menu.Item>
              </ActionsMenu>
            </Table.Td>
          </Table.Tr>
        ))}
      </ScrollingTable>
      {dialog?.kind === 'password' && <PasswordLinkDialog user={dialog.user} onClose={close} />}
      {dialog?.kind === 'passkeys' && <RemovePasskeysDialog user={dialog.user} onClose={close} />}
      {dialog?.kind === 'secondFactor' && <ResetSecondFactorDialog user={dialog.user} onClose={close} />}
    </>
  );
}
