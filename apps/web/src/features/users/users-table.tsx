import type { User } from '@latchkey/contract/schemas/user';
import { Badge, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { UserName } from '../../components/user-name.js';
import { focusFirst } from '../../lib/focus-first.js';
import { useCurrentUser } from '../../lib/session.js';
import { DeactivateUserDialog } from './deactivate-user-dialog.js';
import { EditUserDialog } from './edit-user-dialog.js';
import { HandOverDialog } from './hand-over-dialog.js';
import { PasswordLinkDialog } from './password-link-dialog.js';
import { ReactivateUserDialog } from './reactivate-user-dialog.js';
import { RemovePasskeysDialog } from './remove-passkeys-dialog.js';
import { ResetSecondFactorDialog } from './reset-second-factor-dialog.js';
import { ServiceAccountKeysDialog } from './service-account-keys-dialog.js';
import { type UserAction, UserMenu } from './user-menu.js';

const columns = ['User', 'Role', 'State', 'Last seen', 'Added', actionsColumn] as const;

const dialogs = {
  edit: EditUserDialog,
  password: PasswordLinkDialog,
  secondFactor: ResetSecondFactorDialog,
  passkeys: RemovePasskeysDialog,
  deactivate: DeactivateUserDialog,
  reactivate: ReactivateUserDialog,
  handOver: HandOverDialog,
  keys: ServiceAccountKeysDialog,
} as const satisfies Record<UserAction, unknown>;

interface Props {
  readonly label: string;
  readonly users: readonly User[];
  /** Those of them that have a row. */
  readonly shown: readonly User[];
}

export function UsersTable({ label, users, shown }: Props) {
  const [open, setOpen] = useState<{ action: UserAction; user: User } | null>(null);
  const ownUuid = useCurrentUser().uuid;
  const close = () => {
    setOpen(null);
    if (open) focusFirst(`[data-actions="${open.user.uuid}"]`);
  };
  const Dialog = open && dialogs[open.action];
  return (
    <>
      <ScrollingTable label={label} minWidth={680} verticalSpacing="sm" columns={columns}>
        {shown.map((user) => (
          <Table.Tr key={user.uuid}>
            <Table.Td fw={600} style={{ overflowWrap: 'anywhere' }}>
              <UserName name={user.name} email={user.email} />
            </Table.Td>
            <Table.Td>{roleOf(user)}</Table.Td>
            <Table.Td>
              <UserState user={user} users={users} />
            </Table.Td>
            <Table.Td>
              {user.lastSeenAt === null ? 'Never' : <RelativeTime timestamp={user.lastSeenAt} />}
            </Table.Td>
            <Table.Td>
              <RelativeTime timestamp={user.createdAt} />
            </Table.Td>
            <Table.Td ta="right">
              <UserMenu
                user={user}
                isOwn={user.uuid === ownUuid}
                onAction={(action) => setOpen({ action, user })}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </ScrollingTable>
      {open && Dialog && <Dialog user={open.user} onClose={close} />}
    </>
  );
}

function roleOf({ kind, organisationRole }: User): string {
  if (kind === 'service') return 'Service account';
  return organisationRole === 'admin' ? 'Administrator' : 'Member';
}

function UserState({
  user: { deactivatedAt, handedOverToUuid },
  users,
}: {
  readonly user: User;
  readonly users: readonly User[];
}) {
  if (deactivatedAt === null) return 'Active';
  const receiver = users.find(({ uuid }) => uuid === handedOverToUuid);
  return (
    <>
      <Badge color="gray">Deactivated</Badge>
      <Text size="xs" c="dimmed">
        <RelativeTime timestamp={deactivatedAt} />
        {receiver && `, handed over to ${receiver.email}`}
      </Text>
    </>
  );
}
