import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconDots,
  IconFolder,
  IconFolderSymlink,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { RowDialogKind } from './row-dialog.js';
import { nameOf, type Row } from './rows.js';

interface RowMenuProps {
  readonly row: Row;
  readonly canEdit: boolean;
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  readonly onOpen: () => void;
  readonly onAction: (kind: RowDialogKind) => void;
}

export function RowMenu({ row, canEdit, isOpen, onChange, onOpen, onAction }: RowMenuProps) {
  const parent = row.kind === 'item' ? row.item.parent : row.folder.parent;
  return (
    <Menu position="bottom-end" opened={isOpen} onChange={onChange} keepMounted={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" tabIndex={-1} aria-label={`Actions for ${nameOf(row)}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onDoubleClick={(event) => event.stopPropagation()}>
        <Menu.Item leftSection={<IconArrowRight size={16} aria-hidden />} onClick={onOpen}>
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
        {canEdit && (
          <>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onAction('rename')}>
              Rename
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFolderSymlink size={16} aria-hidden />}
              onClick={() => onAction('move')}
            >
              Move
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => onAction('delete')}
            >
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
