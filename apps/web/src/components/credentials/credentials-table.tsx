import { ActionIcon, Table, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { focusFirst } from '../../lib/focus-first.js';
import { ConfirmDialog } from '../confirm-dialog.js';
import { RelativeTime } from '../relative-time.js';

interface Credential {
  readonly uuid: string;
  readonly title: string;
  readonly detail: ReactNode;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export interface CredentialsTableProps {
  readonly label: string;
  readonly queryKey: readonly string[];
  readonly kind: string;
  /** Gets the focus when the row that had it is gone. */
  readonly addButtonId: string;
  readonly detailHeading: string;
  readonly rows: readonly Credential[];
  /** What deleting one brings about. */
  readonly consequence: string;
  readonly onDelete: (uuid: string) => Promise<unknown>;
}

/** Keys or tokens of a user, each of which can be deleted after a confirmation. */
export function CredentialsTable(props: CredentialsTableProps) {
  const [doomed, setDoomed] = useState<Credential | null>(null);
  const close = () => {
    setDoomed(null);
    if (doomed) focusFirst(`#delete-${doomed.uuid}`, `#${props.addButtonId}`);
  };
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label={props.label}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Title</Table.Th>
              <Table.Th>{props.detailHeading}</Table.Th>
              <Table.Th>Added</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th>
                <span className="visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {props.rows.map((row) => (
              <Table.Tr key={row.uuid}>
                <Table.Td fw={600}>{row.title}</Table.Td>
                <Table.Td>{row.detail}</Table.Td>
                <Table.Td>
                  <RelativeTime timestamp={row.createdAt} />
                </Table.Td>
                <Table.Td>
                  {row.lastUsedAt === null ? 'Never' : <RelativeTime timestamp={row.lastUsedAt} />}
                </Table.Td>
                <Table.Td ta="right">
                  <ActionIcon
                    id={`delete-${row.uuid}`}
                    variant="subtle"
                    color="red"
                    aria-label={`Delete ${props.kind} ${row.title}`}
                    onClick={() => setDoomed(row)}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {doomed && <DeleteDialog {...props} credential={doomed} onClose={close} />}
    </>
  );
}

function DeleteDialog({
  credential,
  onClose,
  ...props
}: CredentialsTableProps & { readonly credential: Credential; readonly onClose: () => void }) {
  const client = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => props.onDelete(credential.uuid),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: props.queryKey });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${props.kind} ${credential.title}?`}
      confirmLabel="Delete"
      isDanger
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      <Text size="sm">{props.consequence}</Text>
    </ConfirmDialog>
  );
}
