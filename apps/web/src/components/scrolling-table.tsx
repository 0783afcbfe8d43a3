import { Table, type TableProps } from '@mantine/core';

/** The name above a column; hidden where what is below says it by itself. */
type Column = string | { readonly name: string; readonly ta?: 'right'; readonly isHidden?: boolean };

export const actionsColumn: Column = { name: 'Actions', isHidden: true };

interface ScrollingTableProps extends Omit<TableProps, 'aria-label'> {
  readonly label: string;
  readonly minWidth: number;
  readonly columns: readonly Column[];
}

/** A table that scrolls sideways where there is less room, with the keyboard too. The children are its rows. */
export function ScrollingTable({ label, minWidth, columns, children, ...table }: ScrollingTableProps) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrollable` },
      }}
    >
      <Table aria-label={label} {...table}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => {
              const { name, ta, isHidden } =
                typeof column === 'string' ? { name: column, ta: undefined, isHidden: false } : column;
              return (
                <Table.Th key={name} ta={ta}>
                  {isHidden ? <span className="visually-hidden">{name}</span> : name}
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
