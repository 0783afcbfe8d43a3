import { deleteMatchingItems, moveMatchingItems } from '@latchkey/contract/routes/items';
import { Loader, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { FolderPickerDialog } from '../../../components/storage/folder-picker-dialog.js';
import { afterRemoval } from '../../../components/storage/item-changes.js';
import { transport } from '../../../lib/api.js';
import { useReturnFocus } from '../../../lib/use-return-focus.js';
import type { MatchingAction, MatchingDialogProps } from './matching-action.js';
import { MatchingDatasetDialog } from './matching-dataset-dialog.js';
import { MatchingMetadataDialog } from './matching-metadata-dialog.js';
import { countText, MatchingProgress } from './matching-progress.js';
import { useMatching } from './use-matching.js';

/** What is done with all items that the list shows, also those that are not loaded. */
export function MatchingDialog({ kind, ...props }: MatchingDialogProps & { readonly kind: MatchingAction }) {
  useReturnFocus();
  if (kind === 'move') return <MoveDialog {...props} />;
  if (kind === 'delete') return <DeleteDialog {...props} />;
  if (kind === 'metadata') return <MatchingMetadataDialog {...props} />;
  return <MatchingDatasetDialog {...props} isRemoval={kind === 'remove-from-dataset'} />;
}

function useRemoval({ matching, onClose, onDone }: MatchingDialogProps, done: string) {
  const client = useQueryClient();
  const { count, change, doneCount } = useMatching(matching, () => afterRemoval(client));
  const finish = () => {
    onClose();
    onDone();
  };
  const what = count.data ? countText(count.data) : 'all items that match';
  const progress = change.isPending && count.data && (
    <MatchingProgress done={done} count={count.data} doneCount={doneCount} />
  );
  return { count, change, what, progress, finish, error: count.error ?? change.error };
}

function MoveDialog(props: MatchingDialogProps) {
  const { count, change, what, progress, finish, error } = useRemoval(props, 'moved');
  const { folderUuid } = props.matching;
  const params = { folderUuid };
  const moveTo = (newParentUuid: string) =>
    change.mutate((body) => transport.call(moveMatchingItems, { params, body: { ...body, newParentUuid } }), {
      onSuccess: finish,
    });
  return (
    <FolderPickerDialog
      title={`Move ${what}`}
      onClose={props.onClose}
      onPick={(target) => target !== null && moveTo(target)}
      isPending={change.isPending || count.isPending}
      error={error}
      isTopLevelAllowed={false}
      openFolders={[folderUuid]}
      progress={progress}
    />
  );
}

function DeleteDialog(props: MatchingDialogProps) {
  const { count, change, what, progress, finish, error } = useRemoval(props, 'deleted');
  const { folderUuid, listing } = props.matching;
  const params = { folderUuid };
  const remove = () =>
    change.mutate((body) => transport.call(deleteMatchingItems, { params, body }), { onSuccess: finish });
  return (
    <ConfirmDialog
      opened
      onClose={props.onClose}
      title={`Delete ${what}?`}
      confirmLabel="Delete"
      cancelLabel={change.isPending ? 'Stop' : 'Cancel'}
      isDanger
      isDisabled={!count.data || count.data.itemsCount === 0}
      isPending={change.isPending}
      error={error}
      onConfirm={remove}
    >
      {count.isPending && <Loader size="sm" aria-label="Counting" />}
      <Text size="sm">
        {listing.isRecursive
          ? 'All items that match here and in the folders below are deleted'
          : 'All items that match in this folder are deleted'}
        , also those that the list has not loaded yet; folders stay. This cannot be undone. The data stays in
        the bucket.
      </Text>
      {progress}
    </ConfirmDialog>
  );
}
