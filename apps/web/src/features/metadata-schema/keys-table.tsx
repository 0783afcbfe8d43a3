import type { MetadataKeyType } from '@latchkey/contract/schemas/metadata-schema';
import { Badge, Code, Menu, Table, Text } from '@mantine/core';
import { IconArrowBackUp, IconPencil } from '@tabler/icons-react';
import { ActionsMenu, DeleteMenuItem } from '../../components/actions-menu.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { liveTypeOf, typeDetails, typeName } from './type-text.js';

export interface SchemaKey {
  readonly key: string;
  readonly type: MetadataKeyType;
}

export type KeyAction = 'edit' | 'delete' | 'restore';

interface Props {
  readonly onAction: (action: KeyAction, schemaKey: SchemaKey) => void;
}

const columns = ['Key', 'Type', 'Allowed', 'State', actionsColumn] as const;

export function KeysTable({ keys, onAction }: Props & { readonly keys: readonly SchemaKey[] }) {
  return (
    <ScrollingTable label="Keys of the metadata schema" minWidth={640} verticalSpacing="sm" columns={columns}>
      {keys.map((schemaKey) => (
        <KeyRow key={schemaKey.key} schemaKey={schemaKey} onAction={onAction} />
      ))}
    </ScrollingTable>
  );
}

function KeyRow({ schemaKey, onAction }: Props & { readonly schemaKey: SchemaKey }) {
  const { key, type } = schemaKey;
  const live = liveTypeOf(type);
  const isDeleted = type.ty === 'tombstone';
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td maw={280} style={{ overflowWrap: 'anywhere' }}>
        <Code>{key}</Code>
      </Table.Td>
      <Table.Td>{live && typeName(live)}</Table.Td>
      <Table.Td maw={360} style={{ overflowWrap: 'anywhere' }}>
        <Text size="sm" lineClamp={3}>
          {live && typeDetails(live)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge variant="default" tt="none">
          {isDeleted ? (live ? 'Deleted' : 'Deleted for good') : 'In use'}
        </Badge>
      </Table.Td>
      <Table.Td>
        {live && (
          <ActionsMenu of={key} name={key}>
            {isDeleted ? (
              <Menu.Item
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                onClick={() => onAction('restore', schemaKey)}
              >
                Restore
              </Menu.Item>
            ) : (
              <>
                <Menu.Item
                  leftSection={<IconPencil size={16} aria-hidden />}
                  onClick={() => onAction('edit', schemaKey)}
                >
                  Edit
                </Menu.Item>
                <DeleteMenuItem onClick={() => onAction('delete', schemaKey)} />
              </>
            )}
          </ActionsMenu>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
