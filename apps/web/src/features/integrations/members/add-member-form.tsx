import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { roleChoices } from './roles.js';
import { useSetMember } from './use-members.js';

export function AddMemberForm({ integrationUuid }: { readonly integrationUuid: string }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<'user' | 'admin'>('user');
  const addition = useSetMember(integrationUuid, () => setEmail(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    addition.mutate({ userEmail: email.trim(), userRole: role });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Group align="flex-end">
          <TextInput
            label="E-mail address"
            type="email"
            data-autofocus
            autoComplete="off"
            style={{ flex: 1, minWidth: 200 }}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            label="Role"
            data={roleChoices}
            value={role}
            onChange={({ currentTarget }) => setRole(currentTarget.value === 'admin' ? 'admin' : 'user')}
          />
          <Button type="submit" loading={addition.isPending} disabled={email.trim() === ''}>
            Add
          </Button>
        </Group>
        <ErrorNotice error={addition.error} title="The user was not added" />
      </Stack>
    </form>
  );
}
