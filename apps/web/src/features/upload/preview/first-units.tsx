import { unitKinds } from '@latchkey/contract/kinds';
import { Table } from '@mantine/core';
import { itemTypeLabels } from '../../../components/storage/item-types.js';
import { formatExpiry } from '../../../lib/format.js';
import type { PreviewUnit } from './preview.js';

/** What stands first in a manifest, as it was understood. */
export function FirstUnits({ units }: { readonly units: readonly PreviewUnit[] }) {
  const now = Date.now();
  return (
    <Table fz="xs" aria-label="The first files">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Line</Table.Th>
          <Table.Th>Type</Table.Th>
          <Table.Th>File</Table.Th>
          <Table.Th>URL</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {units.map(({ kind, line, name, expiresAt }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the units of a preview never change.
          <Table.Tr key={index}>
            <Table.Td>{line}</Table.Td>
            <Table.Td>{itemTypeLabels[unitKinds[kind].itemType]}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{name}</Table.Td>
            <Table.Td>
              {formatExpiry(expiresAt === null ? null : new Date(expiresAt).toISOString(), now)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
