import { Kbd, Modal, Table, Title } from '@mantine/core';

interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

const groups: Readonly<Record<string, readonly Shortcut[]>> = {
  Everywhere: [{ keys: ['?'], does: 'Show this sheet' }],
  'A list of files and folders': [
    { keys: ['↑', '↓', '←', '→'], does: 'Move the focus' },
    {
      keys: ['Page Up', 'Page Down', 'Home', 'End'],
      does: 'Move it by a page, to the first row, to the last one of all',
    },
    { keys: ['Enter'], does: 'Open' },
    { keys: ['Space'], does: 'Select, or take out of the selection' },
    { keys: ['Shift + ↑', 'Shift + ↓'], does: 'Select a range; with the mouse: Shift + click' },
    { keys: ['Ctrl + A'], does: 'Select all rows that are loaded' },
    { keys: ['Esc'], does: 'Clear the selection' },
    { keys: ['F2'], does: 'Rename' },
    { keys: ['Delete'], does: 'Delete; asks first' },
    { keys: ['Shift + F10'], does: 'Open the menu of the row' },
  ],
  'The tree of folders': [
    { keys: ['→', '←'], does: 'Open and close a folder' },
    { keys: ['Enter'], does: 'Show the folder' },
  ],
  'An item': [{ keys: ['Alt + ↑', 'Alt + ↓'], does: 'Previous and next item' }],
};

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Keyboard shortcuts"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {Object.entries(groups).map(([name, shortcuts]) => (
        <section key={name}>
          <Title order={3} size="h6" mt="sm">
            {name}
          </Title>
          <Table aria-label={name}>
            <Table.Tbody>
              {shortcuts.map(({ keys, does }) => (
                <Table.Tr key={does}>
                  <Table.Td w="45%">
                    {keys.map((key) => (
                      <Kbd key={key} mr={4}>
                        {key}
                      </Kbd>
                    ))}
                  </Table.Td>
                  <Table.Td>{does}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </Modal>
  );
}
