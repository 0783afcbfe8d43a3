import { limits } from '@latchkey/contract/limits';
import { removeDatasetItems } from '@latchkey/contract/routes/datasets';
import { Group, Text } from '@mantine/core';
import { IconStackPop } from '@tabler/icons-react';
import { BarButton, ClearButton } from '../../components/bar-button.js';
import { useDatasetMutation } from '../../components/datasets/dataset-queries.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { chunksOf } from '../../components/storage/chunks-of.js';
import { transport } from '../../lib/api.js';
import { countOf } from '../../lib/format.js';

/** Takes the selected items out of the dataset. */
export function RemovalBar({
  datasetUuid,
  itemUuids,
  onClear,
}: {
  readonly datasetUuid: string;
  readonly itemUuids: readonly string[];
  readonly onClear: () => void;
}) {
  const removal = useDatasetMutation(async () => {
    let removed = 0;
    for (const bundle of chunksOf(itemUuids, limits.bulkItems)) {
      const options = { params: { datasetUuid }, body: { itemUuids: bundle } };
      removed += (await transport.call(removeDatasetItems, options)).removedCount;
    }
    return removed;
  }, onClear);
  return (
    <>
      <Group gap="xs" role="status" mih={36}>
        {itemUuids.length === 0 && removal.data !== undefined && (
          <Text size="sm">
            {countOf(
              removal.data,
              'item was taken out and stays in its folder',
              'items were taken out and stay in their folders',
            )}
            .
          </Text>
        )}
        {itemUuids.length > 0 && (
          <>
            <Text size="sm" fw={600}>
              {countOf(itemUuids.length, 'item')} selected
            </Text>
            <BarButton icon={IconStackPop} isPending={removal.isPending} onClick={() => removal.mutate()}>
              Take out of the dataset
            </BarButton>
            <ClearButton onClick={onClear} />
          </>
        )}
      </Group>
      <ErrorNotice error={removal.error} title="The items were not taken out" />
    </>
  );
}
