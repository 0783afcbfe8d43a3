import { listDatasetItems } from '@latchkey/contract/routes/datasets';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { countOf } from '../../lib/format.js';
import { DatasetItemsTable } from './dataset-items-table.js';
import { RemovalBar } from './removal-bar.js';

const pageSize = 100;

/** The items of a dataset, page by page, and which of them are selected. */
export function DatasetItems({
  dataset: { datasetUuid, itemsCount },
  canEdit,
}: {
  readonly dataset: Dataset;
  readonly canEdit: boolean;
}) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery({
    queryKey: ['datasets', 'items', datasetUuid],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      transport.call(listDatasetItems, {
        params: { datasetUuid },
        query: { pageSize, pageToken: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.nextPageToken ?? undefined,
  });
  const items = list.data?.pages.flatMap(({ results }) => results) ?? [];
  const hiddenCount = list.isSuccess && !list.hasNextPage ? itemsCount - items.length : 0;
  return (
    <>
      {canEdit && (
        <RemovalBar
          datasetUuid={datasetUuid}
          itemUuids={items.map(({ uuid }) => uuid).filter((uuid) => selected.has(uuid))}
          onClear={() => setSelected(new Set())}
        />
      )}
      <ErrorNotice error={list.error} title="The items could not be loaded" />
      {list.isPending && <CenteredLoader label="Loading the items" />}
      {itemsCount === 0 && list.isSuccess && <NoItems />}
      {items.length > 0 && (
        <DatasetItemsTable items={items} selected={canEdit ? selected : null} onSelect={setSelected} />
      )}
      {hiddenCount > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {countOf(hiddenCount, 'item is', 'items are')} in folders that are not shared with you.
        </Text>
      )}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            More items
          </Button>
        </Group>
      )}
    </>
  );
}

function NoItems() {
  return (
    <EmptyState icon={<IconStack2 size={28} />} title="No items yet">
      Select items in{' '}
      <Anchor component={Link} to="/folders" underline="always">
        Files &amp; Folders
      </Anchor>{' '}
      and choose Add to dataset.
    </EmptyState>
  );
}
