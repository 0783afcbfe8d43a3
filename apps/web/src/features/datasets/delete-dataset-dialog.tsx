import { deleteDataset } from '@latchkey/contract/routes/datasets';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { Text } from '@mantine/core';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useDatasetMutation } from '../../components/datasets/dataset-queries.js';
import { transport } from '../../lib/api.js';
import { countOf } from '../../lib/format.js';

export function DeleteDatasetDialog({
  dataset: { datasetUuid, title, itemsCount },
  onClose,
  onDeleted = onClose,
}: {
  readonly dataset: Dataset;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}) {
  const deletion = useDatasetMutation(
    () => transport.call(deleteDataset, { params: { datasetUuid } }),
    onDeleted,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${title}?`}
      confirmLabel="Delete"
      isDanger
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      <Text size="sm">
        {itemsCount === 0
          ? 'The dataset is empty.'
          : `${countOf(itemsCount, 'item is', 'items are')} in it. They stay in their folders.`}
      </Text>
    </ConfirmDialog>
  );
}
