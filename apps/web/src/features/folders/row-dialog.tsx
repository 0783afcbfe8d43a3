import { lazy, Suspense } from 'react';
import { useMoveFolders, usePatchFolder } from '../../components/storage/folder-changes.js';
import { useMoveItems, usePatchItem } from '../../components/storage/item-changes.js';
import { useReturnFocus } from '../../lib/use-return-focus.js';
import { describeRows, foldersOf, itemsOf, nameOf, type Row } from './rows.js';
import { useFolderTreePath } from './use-folder-tree-path.js';

const NameDialog = lazy(async () => ({
  default: (await import('../../components/storage/name-dialog.js')).NameDialog,
}));
const FolderPickerDialog = lazy(async () => ({
  default: (await import('../../components/storage/folder-picker-dialog.js')).FolderPickerDialog,
}));
const DeleteRowsDialog = lazy(async () => ({
  default: (await import('./delete-rows-dialog.js')).DeleteRowsDialog,
}));
const RenewDialog = lazy(async () => ({ default: (await import('./renew-dialog.js')).RenewDialog }));

export type RowDialogKind = 'rename' | 'move' | 'renew' | 'delete';

export interface RowDialogProps {
  readonly kind: RowDialogKind;
  readonly rows: readonly Row[];
  readonly onClose: () => void;
  /** Runs after a deletion, before the lists are asked again. */
  readonly onDeleted?: () => void;
  /** Runs after a move. */
  readonly onMoved?: () => void;
}

/** The dialog of one action on rows of the list, or on the folder that is open. */
export function RowDialog(props: RowDialogProps) {
  useReturnFocus();
  return (
    <Suspense>
      <DialogOfKind {...props} />
    </Suspense>
  );
}

function DialogOfKind(props: RowDialogProps) {
  const [first] = props.rows;
  if (!first) return null;
  if (props.kind === 'rename') return <RenameDialog row={first} onClose={props.onClose} />;
  if (props.kind === 'renew') return <RenewDialog items={itemsOf(props.rows)} onClose={props.onClose} />;
  if (props.kind === 'move') return <MoveDialog {...props} />;
  return <DeleteRowsDialog rows={props.rows} onClose={props.onClose} onDeleted={props.onDeleted} />;
}

function RenameDialog({ row, onClose }: { row: Row; onClose: () => void }) {
  const patchItem = usePatchItem();
  const patchFolder = usePatchFolder();
  const mutation = row.kind === 'item' ? patchItem : patchFolder;
  const save = (values: { name: string; description: string }) => {
    if (row.kind === 'item')
      patchItem.mutate({ item: row.item, patch: { name: values.name } }, { onSuccess: onClose });
    else patchFolder.mutate({ folderUuid: row.folder.uuid, patch: values }, { onSuccess: onClose });
  };
  return (
    <NameDialog
      title={row.kind === 'item' ? 'Rename item' : 'Rename and describe folder'}
      submitLabel="Save"
      initialName={nameOf(row)}
      {...(row.kind === 'folder' && { initialDescription: row.folder.description })}
      onClose={onClose}
      onSubmit={save}
      isPending={mutation.isPending}
      error={mutation.error}
    />
  );
}

function MoveDialog({ rows, onClose, onMoved }: RowDialogProps) {
  const moveItems = useMoveItems();
  const moveFolders = useMoveFolders();
  const folders = foldersOf(rows);
  const items = itemsOf(rows);
  const openFolders = useFolderTreePath(folders[0]?.parent ?? items[0]?.parent ?? null);
  const move = async (target: string | null) => {
    if (folders.length > 0)
      await moveFolders.mutateAsync({ folderUuids: folders.map((folder) => folder.uuid), target });
    if (items.length > 0 && target !== null) await moveItems.mutateAsync({ items, target });
    onMoved?.();
    onClose();
  };
  return (
    <FolderPickerDialog
      title={`Move ${rows.length === 1 && rows[0] ? nameOf(rows[0]) : describeRows(rows)}`}
      onClose={onClose}
      // The mutations hold the error; the dialog shows it.
      onPick={(target) => void move(target).catch(() => undefined)}
      isPending={moveItems.isPending || moveFolders.isPending}
      error={moveFolders.error ?? moveItems.error}
      isTopLevelAllowed={items.length === 0}
      disabledFolders={new Set(folders.map((folder) => folder.uuid))}
      openFolders={openFolders}
    />
  );
}
