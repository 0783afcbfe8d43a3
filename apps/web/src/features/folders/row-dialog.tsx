import type { Folder } from '@latchkey/contract/schemas/folder';
import { lazy, Suspense } from 'react';
import { usePatchFolder } from '../../components/storage/folder-changes.js';
import { useReturnFocus } from '../../lib/use-return-focus.js';
import { describeRows, foldersOf, itemsOf, nameOf, type Row } from './rows.js';
import { useFolderTreePath } from './use-folder-tree-path.js';
import { useMoveRows } from './use-move-rows.js';

const NameDialog = lazy(async () => ({
  default: (await import('../../components/storage/name-dialog.js')).NameDialog,
}));
const FolderPickerDialog = lazy(async () => ({
  default: (await import('../../components/storage/folder-picker-dialog.js')).FolderPickerDialog,
}));
const DeleteRowsDialog = lazy(async () => ({
  default: (await import('./delete-rows-dialog.js')).DeleteRowsDialog,
}));
const MetadataDialog = lazy(async () => ({
  default: (await import('./metadata/metadata-dialog.js')).MetadataDialog,
}));
const RenewDialog = lazy(async () => ({ default: (await import('./renew-dialog.js')).RenewDialog }));

const AddToDatasetDialog = lazy(async () => ({
  default: (await import('../../components/datasets/add-to-dataset-dialog.js')).AddToDatasetDialog,
}));

const ShareFolderDialog = lazy(async () => ({
  default: (await import('../../components/sharing/share-folder-dialog.js')).ShareFolderDialog,
}));

export type RowDialogKind = 'rename' | 'move' | 'metadata' | 'renew' | 'dataset' | 'share' | 'delete';

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
  if (props.kind === 'rename')
    return first.kind === 'folder' ? (
      <RenameFolderDialog folder={first.folder} onClose={props.onClose} />
    ) : null;
  if (props.kind === 'renew') return <RenewDialog items={itemsOf(props.rows)} onClose={props.onClose} />;
  if (props.kind === 'metadata')
    return <MetadataDialog items={itemsOf(props.rows)} onClose={props.onClose} />;
  if (props.kind === 'dataset')
    return <AddToDatasetDialog items={itemsOf(props.rows)} onClose={props.onClose} />;
  if (props.kind === 'share')
    return first.kind === 'folder' ? (
      <ShareFolderDialog folder={first.folder} onClose={props.onClose} />
    ) : null;
  if (props.kind === 'move') return <MoveDialog {...props} />;
  return <DeleteRowsDialog rows={props.rows} onClose={props.onClose} onDeleted={props.onDeleted} />;
}

/** Items are renamed in their row and on their page. */
function RenameFolderDialog({ folder, onClose }: { folder: Folder; onClose: () => void }) {
  const patchFolder = usePatchFolder();
  return (
    <NameDialog
      title="Rename and describe folder"
      submitLabel="Save"
      initialName={folder.name}
      initialDescription={folder.description}
      onClose={onClose}
      onSubmit={(patch) => patchFolder.mutate({ folderUuid: folder.uuid, patch }, { onSuccess: onClose })}
      isPending={patchFolder.isPending}
      error={patchFolder.error}
    />
  );
}

function MoveDialog({ rows, onClose, onMoved }: RowDialogProps) {
  const { move, isPending, error } = useMoveRows();
  const folders = foldersOf(rows);
  const items = itemsOf(rows);
  const openFolders = useFolderTreePath(folders[0]?.parent ?? items[0]?.parent ?? null);
  const moveTo = async (target: string | null) => {
    await move(rows, target);
    onMoved?.();
    onClose();
  };
  return (
    <FolderPickerDialog
      title={`Move ${rows.length === 1 && rows[0] ? nameOf(rows[0]) : describeRows(rows)}`}
      onClose={onClose}
      // The mutations hold the error; the dialog shows it.
      onPick={(target) => void moveTo(target).catch(() => undefined)}
      isPending={isPending}
      error={error}
      isTopLevelAllowed={items.length === 0}
      disabledFolders={new Set(folders.map((folder) => folder.uuid))}
      openFolders={openFolders}
    />
  );
}
