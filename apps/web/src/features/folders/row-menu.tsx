import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconFolder,
  IconFolderSymlink,
  IconPencil,
  IconRefresh,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import classes from './folders.module.css';
import type { RowHandlers } from './row-handlers.js';
import { nameOf, type Row } from './rows.js';

interface RowMenuProps {
  readonly row: Row;
  readonly canEdit: boolean;
  readonly isOpen: boolean;
  readonly handlers: RowHandlers;
}

/** A plain button, and the menu only while it is open: a menu for each row makes scrolling slow. */
export function RowMenu(props: RowMenuProps) {
  const { row, isOpen, handlers } = props;
  if (!isOpen) return <MenuButton row={row} aria-haspopup="menu" onClick={() => handlers.onMenu(row)} />;
  return (
    <Menu position="bottom-end" opened onChange={(opened) => !opened && handlers.onMenu(null)}>
      <Menu.Target>
        <MenuButton row={row} />
      </Menu.Target>
      <MenuItems {...props} />
    </Menu>
  );
}

function MenuButton({ row, ...rest }: { row: Row } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Actions for ${nameOf(row)}`}
      {...rest}
      className={classes['dots']}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}

function MenuItems({ row, canEdit, handlers }: RowMenuProps) {
  const parent = row.kind === 'item' ? row.item.parent : row.folder.parent;
  return (
    <Menu.Dropdown onDoubleClick={(event) => event.stopPropagation()}>
      <Menu.Item leftSection={<IconArrowRight size={16} aria-hidden />} onClick={() => handlers.onOpen(row)}>
        Open
      </Menu.Item>
      {parent && (
        <Menu.Item
          component={Link}
          to={`/folders/${parent}`}
          leftSection={<IconFolder size={16} aria-hidden />}
        >
          Go to its folder
        </Menu.Item>
      )}
      {row.kind === 'item' && (
        <Menu.Item
          leftSection={<IconStack2 size={16} aria-hidden />}
          onClick={() => handlers.onAction('dataset', row)}
        >
          Add to dataset
        </Menu.Item>
      )}
      {canEdit && (
        <>
          <Menu.Item
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => handlers.onRename(row)}
          >
            Rename
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderSymlink size={16} aria-hidden />}
            onClick={() => handlers.onAction('move', row)}
          >
            Move
          </Menu.Item>
          {row.kind === 'item' && (
            <Menu.Item
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => handlers.onAction('renew', row)}
            >
              Renew URL
            </Menu.Item>
          )}
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => handlers.onAction('delete', row)}
          >
            Delete
          </Menu.Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
