import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { Anchor, Menu, Table, Text } from '@mantine/core';
import { IconPencil, IconUserPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ActionsMenu, DeleteMenuItem } from '../../components/actions-menu.js';
import { canChange } from '../../components/datasets/dataset-queries.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { formatCount } from '../../lib/format.js';

export type DatasetAction = 'edit' | 'share' | 'delete';

interface Props {
  readonly onAction: (action: DatasetAction, dataset: Dataset) => void;
}

const columns = ['Title', { name: 'Items', ta: 'right' }, 'Last edited', 'Your role', actionsColumn] as const;
const roles = { admin: 'Admin', user: 'User' } as const;

export function DatasetsTable({ datasets, onAction }: Props & { readonly datasets: readonly Dataset[] }) {
  return (
    <ScrollingTable label="Datasets" minWidth={620} verticalSpacing="sm" columns={columns}>
      {datasets.map((dataset) => (
        <Table.Tr key={dataset.datasetUuid}>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>
            <Anchor component={Link} to={`/datasets/${dataset.datasetUuid}`} fw={600}>
              {dataset.title}
            </Anchor>
            {dataset.description !== '' && (
              <Text size="xs" c="dimmed" lineClamp={2}>
                {dataset.description}
              </Text>
            )}
          </Table.Td>
          <Table.Td ta="right">{formatCount(dataset.itemsCount)}</Table.Td>
          <Table.Td>
            <RelativeTime timestamp={dataset.lastEditedAt} />
          </Table.Td>
          <Table.Td>
            {dataset.userRole === null ? 'None, as organisation admin' : roles[dataset.userRole]}
          </Table.Td>
          <Table.Td>{canChange(dataset) && <DatasetMenu dataset={dataset} onAction={onAction} />}</Table.Td>
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}

export function DatasetMenu({ dataset, onAction }: Props & { readonly dataset: Dataset }) {
  return (
    <ActionsMenu of={dataset.datasetUuid} name={dataset.title}>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onAction('edit', dataset)}>
        Rename and describe
      </Menu.Item>
      <Menu.Item
        leftSection={<IconUserPlus size={16} aria-hidden />}
        onClick={() => onAction('share', dataset)}
      >
        Share
      </Menu.Item>
      <DeleteMenuItem onClick={() => onAction('delete', dataset)} />
    </ActionsMenu>
  );
}
