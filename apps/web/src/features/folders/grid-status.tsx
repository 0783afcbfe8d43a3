import { Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.js';
import { countOf } from '../../lib/format.js';
import type { Listing } from './listing.js';
import type { RowList } from './use-rows.js';

/** Under the rows: how many there are, that more are loading, or why they could not be loaded. */
export function GridStatus({ list, listing }: { readonly list: RowList; readonly listing: Listing }) {
  if (list.error)
    return (
      <Group align="flex-start">
        <div style={{ flex: 1 }}>
          <ErrorNotice error={list.error} title="The list could not be loaded" />
        </div>
        <Button variant="default" onClick={list.retry}>
          Try again
        </Button>
      </Group>
    );
  const other = list.end === 'first' ? 'last' : 'first';
  return (
    <Group gap="xs" mih={22}>
      <Group gap="xs" role="status">
        {(list.isPending || list.isLoadingMore) && <Loader size="xs" aria-label="Loading" />}
        <Text size="xs" c="dimmed">
          {!list.isPending && rowsText(list)}
          {listing.order === 'expiresAt' &&
            ' By the minute in which URLs expire; those that expire at no known time come last.'}
        </Text>
      </Group>
      {list.hasMore && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          underline="always"
          onClick={() => list.goTo(other)}
        >
          {list.end === 'first' ? 'Go to the end' : 'Go to the start'}
        </Anchor>
      )}
    </Group>
  );
}

function rowsText({ rows, end, hasMore }: RowList): string {
  if (!hasMore) return `${countOf(rows.length, 'row')}.`;
  return end === 'first'
    ? `${countOf(rows.length, 'row')} so far; scroll for more.`
    : `The last ${countOf(rows.length, 'row')}; scroll up for more.`;
}
