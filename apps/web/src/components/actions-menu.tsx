import { ActionIcon, Menu } from '@mantine/core';
import { IconDotsVertical, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface ActionsMenuProps {
  /** Finds the button again when a dialog that it opened is closed: `[data-actions="<of>"]`. */
  readonly of: string;
  readonly name: string;
  readonly children: ReactNode;
}

/** What can be done with one row of a table. The children are the items of the menu. */
export function ActionsMenu({ of, name, children }: ActionsMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon data-actions={of} variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

export function DeleteMenuItem({ onClick }: { readonly onClick: () => void }) {
  return (
    <Menu.Item
      color="var(--mantine-color-error)"
      leftSection={<IconTrash size={16} aria-hidden />}
      onClick={onClick}
    >
      Delete
    </Menu.Item>
  );
}
