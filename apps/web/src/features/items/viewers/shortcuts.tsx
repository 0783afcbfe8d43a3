import { ActionIcon, Kbd, Popover, Table, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';

export type Shortcut = readonly [keys: string, effect: string];

/** A button that shows the keys of a viewer. */
export function Shortcuts({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  return (
    <Popover position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Keys" openDelay={300}>
          <ActionIcon variant="default" size="lg" aria-label="Keys">
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Keys">
        <Table verticalSpacing={2} horizontalSpacing="xs" withRowBorders={false} tabIndex={0}>
          <Table.Tbody>
            {shortcuts.map(([keys, effect]) => (
              <Table.Tr key={keys}>
                <Table.Th scope="row" fw={400}>
                  <Kbd size="xs">{keys}</Kbd>
                </Table.Th>
                <Table.Td fz="xs">{effect}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Popover.Dropdown>
    </Popover>
  );
}
