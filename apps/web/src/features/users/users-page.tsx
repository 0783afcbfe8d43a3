import type { User } from '@latchkey/contract/schemas/user';
import { Button, Group } from '@mantine/core';
import { IconMailPlus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { useCurrentUser } from '../../lib/session.js';
import { useSignInMethods } from '../../lib/sign-in-methods.js';
import { useUsers } from '../../lib/users.js';
import { CreateUserDialog } from './create-user-dialog.js';
import { InviteDialog } from './invite-dialog.js';
import { OneTimeLinksSection } from './one-time-links-section.js';
import { ServiceAccountsSection } from './service-accounts-section.js';
import { UsersTable } from './users-table.js';

const isPerson = ({ kind }: User) => kind === 'person';

export function UsersPage() {
  const isAdmin = useCurrentUser().organisationRole === 'admin';
  const [isAdding, setAdding] = useState(false);
  const [isInviting, setInviting] = useState(false);
  const users = useUsers();
  // An invitation leads to a password.
  const takesPasswords = useSignInMethods().data?.password ?? false;
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can use this Latchkey. Administrators see this page; members do not."
        actions={
          isAdmin && (
            <Group gap="xs">
              {takesPasswords && (
                <Button
                  variant="default"
                  leftSection={<IconMailPlus size={16} aria-hidden />}
                  onClick={() => setInviting(true)}
                >
                  Invite user
                </Button>
              )}
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
                Add user
              </Button>
            </Group>
          )
        }
      />
      <ErrorNotice error={users.error} title="The users could not be loaded" />
      {users.isPending && <CenteredLoader label="Loading the users" />}
      {users.data && <UsersTable label="Users" users={users.data} shown={users.data.filter(isPerson)} />}
      {users.data && isAdmin && <ServiceAccountsSection users={users.data} />}
      {isAdmin && <OneTimeLinksSection />}
      <InviteDialog opened={isInviting} onClose={() => setInviting(false)} />
      <CreateUserDialog opened={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}
