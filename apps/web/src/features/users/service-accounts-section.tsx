import type { User } from '@latchkey/contract/schemas/user';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { CreateServiceAccountDialog } from './create-service-account-dialog.js';
import { ServiceAccountKeysDialog } from './service-account-keys-dialog.js';
import { UsersTable } from './users-table.js';

/** Apart from the people. */
export function ServiceAccountsSection({ users }: { readonly users: readonly User[] }) {
  const [open, setOpen] = useState<'creation' | User | null>(null);
  const accounts = users.filter(({ kind }) => kind === 'service');
  const close = () => setOpen(null);
  return (
    <Stack component="section" aria-labelledby="service-accounts" gap="xs" mt="xl">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h4" id="service-accounts">
            Service accounts
          </Title>
          <Text size="sm" c="dimmed">
            Users for programs: they have API tokens and SSH keys, and no password. Share with them by their
            address, or by a group.
          </Text>
        </div>
        <Button
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setOpen('creation')}
        >
          Add service account
        </Button>
      </Group>
      {accounts.length === 0 ? (
        <Text size="sm">No service accounts yet.</Text>
      ) : (
        <UsersTable label="Service accounts" users={users} shown={accounts} />
      )}
      {open === 'creation' && <CreateServiceAccountDialog onClose={close} onCreated={setOpen} />}
      {open !== null && open !== 'creation' && <ServiceAccountKeysDialog user={open} onClose={close} />}
    </Stack>
  );
}
