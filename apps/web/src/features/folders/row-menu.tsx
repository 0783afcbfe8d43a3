import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconFolder,
  IconFolderSymlink,
  IconPencil,
  IconRefresh,
  IconStack2,
  IconUserPlus,
} from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { DeleteMenuItem } from '../../components/actions-menu.js';
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
  const mayEdit = canEdit && (row.kind === 'item' || row.folder.folderRole !== 'viewer');
  // What is done with a folder itself, other than naming it, is for its admins.
  const mayMove = canEdit && (row.kind === 'item' || row.folder.folderRole === 'admin');
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
      {mayEdit && (
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => handlers.onRename(row)}>
          Rename
        </Menu.Item>
      )}
      {row.kind === 'folder' && mayMove && (
        <Menu.Item
          leftSection={<IconUserPlus size={16} aria-hidden />}
          onClick={() => handlers.onAction('share', row)}
        >
          Share
        </Menu.Item>
      )}
      {mayMove && (
        <Menu.Item
          leftSection={<IconFolderSymlink size={16} aria-hidden />}
          onClick={() => handlers.onAction('move', row)}
        >
          Move
        </Menu.Item>
      )}
      {row.kind === 'item' && mayEdit && (
        <Menu.Item
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => handlers.onAction('renew', row)}
        >
          Renew URL
        </Menu.Item>
      )}
      {mayMove && <DeleteMenuItem onClick={() => handlers.onAction('delete', row)} />}
    </Menu.Dropdown>
  );
}
