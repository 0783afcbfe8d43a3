import type { Folder } from '@latchkey/contract/schemas/folder';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconFolderPlus, IconFolderSymlink, IconPencil, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { DeleteMenuItem } from '../../components/actions-menu.js';
import { NewFolderDialog } from './new-folder-dialog.js';
import { RowDialog, type RowDialogKind } from './row-dialog.js';
import { folderRow } from './rows.js';

/** New folder, and the menu of what can be done with the folder itself. */
export function FolderActions({ folder }: { readonly folder: Folder }) {
  const [dialog, setDialog] = useState<RowDialogKind | 'new' | null>(null);
  const navigate = useNavigate();
  if (folder.folderRole === 'viewer') return null;
  const isAdmin = folder.folderRole === 'admin';
  const close = () => setDialog(null);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFolderPlus size={18} aria-hidden />}
        onClick={() => setDialog('new')}
      >
        New folder
      </Button>
      {isAdmin && (
        <Button
          variant="default"
          leftSection={<IconUserPlus size={18} aria-hidden />}
          onClick={() => setDialog('share')}
        >
          Share
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="Folder actions">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog('rename')}>
            Rename and describe
          </Menu.Item>
          {isAdmin && (
            <>
              <Menu.Item
                leftSection={<IconFolderSymlink size={16} aria-hidden />}
                onClick={() => setDialog('move')}
              >
                Move
              </Menu.Item>
              <Menu.Divider />
              <DeleteMenuItem onClick={() => setDialog('delete')} />
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'new' && <NewFolderDialog parent={folder.uuid} onClose={close} />}
      {dialog && dialog !== 'new' && (
        <RowDialog
          kind={dialog}
          rows={[folderRow(folder)]}
          onClose={close}
          onDeleted={() => void navigate(folder.parent ? `/folders/${folder.parent}` : '/folders')}
        />
      )}
    </>
  );
}
