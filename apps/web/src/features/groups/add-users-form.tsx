import type { GroupMember } from '@latchkey/contract/schemas/group';
import { Button, Group, MultiSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { useUsers } from '../../lib/users.js';

/** Users of this server to put into a group: those that are not in it are offered. */
export function AddUsersForm({
  present,
  isPending,
  onAdd,
}: {
  readonly present: readonly GroupMember[];
  readonly isPending: boolean;
  readonly onAdd: (userUuids: string[], onAdded: () => void) => void;
}) {
  const users = useUsers();
  const [picked, setPicked] = useState<string[]>([]);
  const choices = (users.data ?? [])
    .filter(
      ({ uuid, deactivatedAt }) =>
        deactivatedAt === null && !present.some(({ userUuid }) => userUuid === uuid),
    )
    .map(({ uuid, name, email }) => ({ value: uuid, label: name === '' ? email : `${name} (${email})` }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(picked, () => setPicked([]));
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <MultiSelect
          label="Users"
          placeholder={picked.length === 0 ? 'Name or e-mail address' : ''}
          data-autofocus
          data={choices}
          value={picked}
          onChange={setPicked}
          searchable
          hidePickedOptions
          limit={50}
          nothingFoundMessage="No such user, or in the group already"
          style={{ flex: 1, minWidth: 220 }}
        />
        <Button type="submit" loading={isPending} disabled={picked.length === 0}>
          Add
        </Button>
      </Group>
      <ErrorNotice error={users.error} title="The users could not be loaded" />
    </form>
  );
}
