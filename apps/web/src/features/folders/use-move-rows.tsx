import type { Folder } from '@latchkey/contract/schemas/folder';
import type { Item } from '@latchkey/contract/schemas/item';
import { Button, Group, Text } from '@mantine/core';
import { useMoveFolders } from '../../components/storage/folder-changes.js';
import { useMoveItems } from '../../components/storage/item-changes.js';
import { showFailure, showToast } from '../../components/toasts/show-toast.js';
import { describeRows, foldersOf, itemsOf, type Row } from './rows.js';

const undoMs = 15_000;

function byParent<Entry extends Pick<Item | Folder, 'parent'>>(entries: readonly Entry[]) {
  const groups = new Map<Entry['parent'], Entry[]>();
  for (const entry of entries) groups.set(entry.parent, [...(groups.get(entry.parent) ?? []), entry]);
  return groups;
}

/** Moves rows and offers to move them back to where they were. `target` null: the top level. */
export function useMoveRows() {
  const moveItems = useMoveItems();
  const moveFolders = useMoveFolders();
  const move = async (rows: readonly Row[], target: string | null) => {
    const folders = foldersOf(rows);
    const items = itemsOf(rows);
    if (folders.length > 0)
      await moveFolders.mutateAsync({ folderUuids: folders.map((folder) => folder.uuid), target });
    if (items.length > 0 && target !== null) await moveItems.mutateAsync({ items, target });
    offerUndo(rows, () => moveBack(rows, target));
  };
  const moveBack = async (rows: readonly Row[], from: string | null) => {
    for (const [target, folders] of byParent(foldersOf(rows)))
      await moveFolders.mutateAsync({ folderUuids: folders.map((folder) => folder.uuid), target });
    if (from === null) return;
    for (const [target, items] of byParent(itemsOf(rows)))
      await moveItems.mutateAsync({ items: items.map((item) => ({ ...item, parent: from })), target });
  };
  return {
    move,
    isPending: moveItems.isPending || moveFolders.isPending,
    error: moveFolders.error ?? moveItems.error,
  };
}

function offerUndo(rows: readonly Row[], undo: () => Promise<void>): void {
  const run = () => {
    void hide.then((take) => take());
    undo().catch((error: unknown) => showFailure('They could not be moved back', error));
  };
  const hide = showToast({
    autoClose: undoMs,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{describeRows(rows)} moved.</Text>
        <Button size="compact-sm" variant="light" onClick={run}>
          Undo
        </Button>
      </Group>
    ),
  });
}

/** Moves what was dropped; says so when that does not work. */
export function useDropRows() {
  const { move } = useMoveRows();
  return (rows: readonly Row[], target: string | null) =>
    void move(rows, target).catch((error: unknown) =>
      showFailure('Nothing was moved, or not all of it', error),
    );
}
