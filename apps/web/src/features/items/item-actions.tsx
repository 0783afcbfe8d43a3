import type { Item } from '@latchkey/contract/schemas/item';
import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDots, IconFolderSymlink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { FolderPickerDialog } from '../../components/storage/folder-picker-dialog.js';
import { useDeleteItems, useMoveItems, usePatchItem } from '../../components/storage/item-changes.js';
import { NameDialog } from '../../components/storage/name-dialog.js';
import { useSetParent } from './use-set-parent.js';

interface DialogProps {
  readonly item: Item;
  readonly onClose: () => void;
}

export function ItemActions({ item }: { readonly item: Item }) {
  const [dialog, setDialog] = useState<'rename' | 'move' | 'delete' | null>(null);
  const onClose = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="Item actions">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog('rename')}>
            Rename
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderSymlink size={16} aria-hidden />}
            onClick={() => setDialog('move')}
          >
            Move
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDialog('delete')}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && <RenameItemDialog item={item} onClose={onClose} />}
      {dialog === 'move' && <MoveItemDialog item={item} onClose={onClose} />}
      {dialog === 'delete' && <DeleteItemDialog item={item} onClose={onClose} />}
    </>
  );
}

function RenameItemDialog({ item, onClose }: DialogProps) {
  const patch = usePatchItem();
  return (
    <NameDialog
      title="Rename item"
      submitLabel="Save"
      initialName={item.name}
      onClose={onClose}
      isPending={patch.isPending}
      error={patch.error}
      onSubmit={({ name }) => patch.mutate({ item, patch: { name } }, { onSuccess: onClose })}
    />
  );
}

function MoveItemDialog({ item, onClose }: DialogProps) {
  const move = useMoveItems();
  const setParent = useSetParent(item.uuid);
  return (
    <FolderPickerDialog
      title={`Move ${item.name}`}
      onClose={onClose}
      isPending={move.isPending}
      error={move.error}
      isTopLevelAllowed={false}
      openFolders={[item.parent]}
      onPick={(target) => {
        if (target === null) return;
        move.mutate(
          { items: [item], target },
          {
            onSuccess: () => {
              setParent(target);
              onClose();
            },
          },
        );
      }}
    />
  );
}

function DeleteItemDialog({ item, onClose }: DialogProps) {
  const remove = useDeleteItems();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete “${item.name}”?`}
      confirmLabel="Delete"
      isDanger
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate([item], { onSuccess: () => void navigate(`/folders/${item.parent}`) })}
    >
      <Text size="sm">
        The registration is deleted, with its name and client metadata. The data stays in the bucket.
      </Text>
    </ConfirmDialog>
  );
}
