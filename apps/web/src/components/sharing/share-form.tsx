import { Button, Group, NativeSelect, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../error-notice.js';
import { useGroups } from '../groups/group-queries.js';
import type { Role, Sharing } from './sharing.js';
import type { SharingChange } from './use-sharing.js';

type Kind = 'user' | 'group';
const kinds = [
  { value: 'user', label: 'User' },
  { value: 'group', label: 'Group' },
] as const;

/** A user by the e-mail address, or one of the groups. */
export function ShareForm({
  roles,
  isPending,
  onAdd,
}: {
  readonly roles: Sharing['roles'];
  readonly isPending: boolean;
  readonly onAdd: (added: SharingChange, onAdded: () => void) => void;
}) {
  const [kind, setKind] = useState<Kind>('user');
  const [email, setEmail] = useState('');
  const [groupHash, setGroupHash] = useState<string | null>(null);
  const [role, setRole] = useState<Role>(roles[0]?.value ?? 'viewer');
  const groups = useGroups();
  const name = kind === 'user' ? email.trim() : (groupHash ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ kind, name, role }, () => {
      setEmail('');
      setGroupHash(null);
    });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label="Share with"
          w={100}
          data={kinds}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value === 'group' ? 'group' : 'user')}
        />
        {kind === 'user' ? (
          <TextInput
            label="E-mail address"
            type="email"
            data-autofocus
            autoComplete="off"
            style={{ flex: 1, minWidth: 180 }}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        ) : (
          <Select
            label="Group"
            placeholder={groups.data?.length === 0 ? 'There are no groups yet' : 'Choose a group'}
            data={(groups.data ?? []).map((group) => ({ value: group.groupHash, label: group.name }))}
            searchable
            style={{ flex: 1, minWidth: 180 }}
            value={groupHash}
            onChange={setGroupHash}
          />
        )}
        <NativeSelect
          label="Role"
          w={110}
          data={[...roles]}
          value={role}
          onChange={({ currentTarget }) => setRole(roleOf(roles, currentTarget.value, role))}
        />
        <Button type="submit" loading={isPending} disabled={name === ''}>
          Add
        </Button>
      </Group>
      {kind === 'group' && <ErrorNotice error={groups.error} title="The groups could not be loaded" />}
    </form>
  );
}

/** The role that a list names; what it does not name leaves the role as it was. */
export const roleOf = (roles: Sharing['roles'], value: string, before: Role): Role =>
  roles.find((role) => role.value === value)?.value ?? before;
