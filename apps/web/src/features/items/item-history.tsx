import type { Item } from '@latchkey/contract/schemas/item';
import type { ItemHistoryEntry } from '@latchkey/contract/schemas/item-changes';
import { Anchor, Button, Loader, Stack, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ErrorNotice } from '../../components/error-notice.js';
import { RelativeTime } from '../../components/relative-time.js';
import { changeText } from './change-text.js';
import { historyQuery } from './item-queries.js';

/** What happened to the item, newest first, down to its registration. */
export function ItemHistory({ item }: { readonly item: Item }) {
  const history = useInfiniteQuery(historyQuery(item));
  const entries = history.data?.pages.flatMap((page) => page.results) ?? [];
  if (history.isPending) return <Loader size="sm" aria-label="Loading the history" />;
  return (
    <Stack gap="xs" align="start">
      <ErrorNotice error={history.error} title="The history could not be loaded" />
      <Timeline bulletSize={12} lineWidth={2}>
        {entries.map((entry) => (
          <Timeline.Item key={entry.entryUuid} title={<Change entry={entry} />}>
            <By who={entry.userEmail ?? 'a user who is gone'} at={entry.at} />
          </Timeline.Item>
        ))}
        {history.isSuccess && !history.hasNextPage && (
          <Timeline.Item title={<Text size="sm">Registered</Text>}>
            <By who={item.owner} at={item.createdAt} />
          </Timeline.Item>
        )}
      </Timeline>
      {history.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show earlier changes
        </Button>
      )}
    </Stack>
  );
}

function Change({ entry }: { readonly entry: ItemHistoryEntry }) {
  const { newParentUuid } = entry.details;
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {changeText(entry)}
      {newParentUuid && (
        <>
          {' '}
          to{' '}
          <Anchor component={Link} to={`/folders/${newParentUuid}`} inherit>
            a folder
          </Anchor>
        </>
      )}
    </Text>
  );
}

function By({ who, at }: { readonly who: string; readonly at: string }) {
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      <RelativeTime timestamp={at} /> by {who}
    </Text>
  );
}
