import { List, Loader, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useDeleteFolders } from '../../components/storage/folder-changes.js';
import { folderSummaryQuery } from '../../components/storage/folder-queries.js';
import { useDeleteItems } from '../../components/storage/item-changes.js';
import { describeRows, foldersOf, itemsOf, nameOf, type Row } from './rows.js';
import { summaryParts } from './summary-text.js';

interface DeleteRowsDialogProps {
  readonly rows: readonly Row[];
  readonly onClose: () => void;
  readonly onDeleted: (() => void) | undefined;
}

export function DeleteRowsDialog({ rows, onClose, onDeleted }: DeleteRowsDialogProps) {
  const deleteItems = useDeleteItems();
  const deleteFolders = useDeleteFolders();
  const folders = foldersOf(rows);
  const items = itemsOf(rows);
  const what = rows.length === 1 && rows[0] ? `“${nameOf(rows[0])}”` : describeRows(rows);
  const confirm = async () => {
    if (items.length > 0) await deleteItems.mutateAsync(items);
    if (folders.length > 0) await deleteFolders.mutateAsync(folders.map((folder) => folder.uuid));
    onClose();
    onDeleted?.();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${what}?`}
      confirmLabel="Delete"
      isDanger
      isPending={deleteItems.isPending || deleteFolders.isPending}
      error={deleteItems.error ?? deleteFolders.error}
      // The mutations hold the error; the dialog shows it.
      onConfirm={() => void confirm().catch(() => undefined)}
    >
      {folders.length > 0 && <FolderCounts rows={rows} />}
      <Text size="sm">
        The registration is deleted, with names and client metadata. The data stays in the bucket.
      </Text>
    </ConfirmDialog>
  );
}

const shownFolders = 10;

/** What is directly in each folder; the summary of the API does not count what is deeper. */
function FolderCounts({ rows }: { rows: readonly Row[] }) {
  const folders = foldersOf(rows);
  const shown = folders.slice(0, shownFolders);
  const summaries = useQueries({ queries: shown.map((folder) => folderSummaryQuery(folder.uuid)) });
  return (
    <div>
      <Text size="sm" mb={4}>
        Everything in {folders.length === 1 ? 'this folder' : 'these folders'} and below is deleted as well.
        Directly in {folders.length === 1 ? 'it' : 'them'}:
      </Text>
      <List size="sm">
        {shown.map((folder, index) => {
          const summary = summaries[index];
          return (
            <List.Item key={folder.uuid}>
              {folders.length > 1 && `${folder.name}: `}
              {summary?.data ? summaryParts(summary.data).join(', ') : null}
              {summary?.isPending && <Loader size={12} aria-label="Counting" />}
              {summary?.isError && 'could not be counted'}
            </List.Item>
          );
        })}
        {folders.length > shownFolders && (
          <List.Item>and {folders.length - shownFolders} more folders</List.Item>
        )}
      </List>
    </div>
  );
}
