import type { MatchingCount } from '@latchkey/contract/schemas/item';
import { Loader, Progress, Stack, Text } from '@mantine/core';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { FolderPickerDialog } from '../../../components/storage/folder-picker-dialog.js';
import { countOf, formatCount } from '../../../lib/format.js';
import { useReturnFocus } from '../../../lib/use-return-focus.js';
import { type Matching, useMatching } from './use-matching.js';

export interface MatchingDialogProps {
  readonly kind: 'move' | 'delete';
  readonly matching: Matching;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** `12,345 items`, or `more than 2,000 items`. */
const countText = ({ itemsCount, isExact }: MatchingCount): string =>
  `${isExact ? '' : 'more than '}${countOf(itemsCount, 'item')}`;

/** Moves or deletes all items that the list shows, also those that are not loaded. */
export function MatchingDialog({ kind, matching, onClose, onDone }: MatchingDialogProps) {
  useReturnFocus();
  const { count, change, changedCount } = useMatching(matching);
  const finish = () => {
    onClose();
    onDone();
  };
  const what = count.data ? countText(count.data) : 'all items that match';
  const progress = change.isPending && count.data && (
    <ChangeProgress kind={kind} count={count.data} changedCount={changedCount} />
  );
  const error = count.error ?? change.error;
  if (kind === 'move')
    return (
      <FolderPickerDialog
        title={`Move ${what}`}
        onClose={onClose}
        onPick={(target) => target !== null && change.mutate({ target }, { onSuccess: finish })}
        isPending={change.isPending || count.isPending}
        error={error}
        isTopLevelAllowed={false}
        openFolders={[matching.folderUuid]}
        progress={progress}
      />
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${what}?`}
      confirmLabel="Delete"
      cancelLabel={change.isPending ? 'Stop' : 'Cancel'}
      isDanger
      isDisabled={!count.data || count.data.itemsCount === 0}
      isPending={change.isPending}
      error={error}
      onConfirm={() => change.mutate({ target: null }, { onSuccess: finish })}
    >
      {count.isPending && <Loader size="sm" aria-label="Counting" />}
      <Text size="sm">
        {matching.listing.isRecursive
          ? 'All items that match here and in the folders below are deleted'
          : 'All items that match in this folder are deleted'}
        , also those that the list has not loaded yet; folders stay. This cannot be undone. The data stays in
        the bucket.
      </Text>
      {progress}
    </ConfirmDialog>
  );
}

function ChangeProgress(props: { kind: 'move' | 'delete'; count: MatchingCount; changedCount: number }) {
  const { kind, count, changedCount } = props;
  const done = kind === 'move' ? 'moved' : 'deleted';
  const percent = count.isExact && count.itemsCount > 0 ? (100 * changedCount) / count.itemsCount : 100;
  return (
    <Stack gap={4}>
      <Progress value={percent} animated aria-label={`Items ${done}`} />
      <Text size="sm" role="status">
        {formatCount(changedCount)} {done} so far. What is {done} stays so when you stop.
      </Text>
    </Stack>
  );
}
