import type { InheritedFrom } from '@latchkey/contract/schemas/sharing';
import { ActionIcon, Anchor, Group, NativeSelect, Table, Text } from '@mantine/core';
import { IconUser, IconUsersGroup, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { actionsColumn, ScrollingTable } from '../scrolling-table.js';
import { roleOf } from './share-form.js';
import type { SharedEntry, Sharing } from './sharing.js';
import type { SharingChange } from './use-sharing.js';

interface Props {
  readonly roles: Sharing['roles'];
  readonly isBusy: boolean;
  readonly onChange: (change: SharingChange) => void;
}

export function SharedTable({ entries, ...props }: Props & { readonly entries: readonly SharedEntry[] }) {
  return (
    <ScrollingTable label="Members" minWidth={420} columns={['Member', 'Role', actionsColumn]}>
      {entries.map((entry) => (
        <Table.Tr key={`${entry.id} ${entry.inheritedFrom?.folderUuid ?? entry.inheritedFrom !== null}`}>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>
            <EntryName entry={entry} />
          </Table.Td>
          {entry.inheritedFrom === null ? (
            <OwnRole entry={entry} {...props} />
          ) : (
            <InheritedRole entry={entry} from={entry.inheritedFrom} roles={props.roles} />
          )}
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}

function EntryName({ entry: { kind, label, detail } }: { readonly entry: SharedEntry }) {
  const Picture = kind === 'user' ? IconUser : IconUsersGroup;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Picture size={18} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden />
      <div style={{ minWidth: 0 }}>
        {label}
        <span className="visually-hidden">{kind === 'user' ? ', user' : ', group'}</span>
        {detail !== '' && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {detail}
          </Text>
        )}
      </div>
    </Group>
  );
}

function OwnRole({ entry, roles, isBusy, onChange }: Props & { readonly entry: SharedEntry }) {
  const { kind, id, label, role } = entry;
  return (
    <>
      <Table.Td w={150}>
        <NativeSelect
          size="xs"
          aria-label={`Role of ${label}`}
          data={[...roles]}
          value={role}
          disabled={isBusy}
          onChange={({ currentTarget }) =>
            onChange({
              kind,
              name: kind === 'user' ? label : id,
              role: roleOf(roles, currentTarget.value, role),
            })
          }
        />
      </Table.Td>
      <Table.Td w={48}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove ${label}`}
          disabled={isBusy}
          onClick={() => onChange({ kind: 'removal', entry })}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Table.Td>
    </>
  );
}

/** It is changed where it is given. */
function InheritedRole({
  entry,
  from,
  roles,
}: {
  readonly entry: SharedEntry;
  readonly from: NonNullable<InheritedFrom>;
  readonly roles: Sharing['roles'];
}) {
  return (
    <Table.Td colSpan={2} w={198}>
      {roles.find(({ value }) => value === entry.role)?.label ?? entry.role}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        Inherited from{' '}
        {from.folderUuid === null ? (
          'a folder above'
        ) : (
          <Anchor component={Link} to={`/folders/${from.folderUuid}`} size="xs" underline="always">
            {from.name}
          </Anchor>
        )}
      </Text>
    </Table.Td>
  );
}
