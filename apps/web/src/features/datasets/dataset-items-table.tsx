import type { Item } from '@latchkey/contract/schemas/item';
import { Anchor, Checkbox, Group, Table } from '@mantine/core';
import { Link } from 'react-router';
import { ScrollingTable } from '../../components/scrolling-table.js';
import { ExpiryLabel } from '../../components/storage/expiry-label.js';
import { ItemTypeIcon } from '../../components/storage/item-type-icon.js';
import { itemTypeLabels } from '../../components/storage/item-types.js';
import { siblingsAround } from '../../components/storage/siblings.js';
import { useNow } from '../../lib/use-now.js';

interface Props {
  readonly items: readonly Item[];
  /** Null: nothing can be selected. */
  readonly selected: ReadonlySet<string> | null;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

const facts = ['Name', 'Type', 'Expires', 'Folder'] as const;
const selectColumn = { name: 'Select', isHidden: true } as const;

export function DatasetItemsTable({ items, selected, onSelect }: Props) {
  const now = useNow(30_000);
  const uuids = items.map(({ uuid }) => uuid);
  const toggle = (uuid: string) => {
    const changed = new Set(selected);
    if (!changed.delete(uuid)) changed.add(uuid);
    onSelect(changed);
  };
  return (
    <>
      {selected && <SelectAll uuids={uuids} selected={selected} onSelect={onSelect} />}
      <ScrollingTable label="Items" minWidth={620} columns={selected ? [selectColumn, ...facts] : facts}>
        {items.map((item, index) => (
          <Table.Tr key={item.uuid}>
            {selected && (
              <Table.Td w={40}>
                <Checkbox
                  aria-label={`Select ${item.name}`}
                  checked={selected.has(item.uuid)}
                  onChange={() => toggle(item.uuid)}
                />
              </Table.Td>
            )}
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Anchor
                component={Link}
                to={`/items/${item.uuid}`}
                // The item's page goes to the next and the previous one of this list.
                state={{ siblings: siblingsAround(uuids, index) }}
                size="sm"
              >
                {item.name}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                <ItemTypeIcon type={item.itemType} />
                {itemTypeLabels[item.itemType]}
              </Group>
            </Table.Td>
            <Table.Td>
              <ExpiryLabel item={item} now={now} />
            </Table.Td>
            <Table.Td>
              <Anchor
                component={Link}
                to={`/folders/${item.parent}`}
                size="sm"
                aria-label={`Open the folder of ${item.name}`}
              >
                Open
              </Anchor>
            </Table.Td>
          </Table.Tr>
        ))}
      </ScrollingTable>
    </>
  );
}

function SelectAll({
  uuids,
  selected,
  onSelect,
}: Pick<Props, 'onSelect'> & { readonly uuids: readonly string[]; readonly selected: ReadonlySet<string> }) {
  const isAll = uuids.every((uuid) => selected.has(uuid));
  return (
    <Checkbox
      mb="xs"
      ml={10}
      label="Select all loaded items"
      checked={isAll}
      indeterminate={!isAll && uuids.some((uuid) => selected.has(uuid))}
      onChange={() => onSelect(new Set(isAll ? [] : uuids))}
    />
  );
}
