import { Box, Button, Loader, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.js';
import { NotificationRow } from './notification-row.js';
import type { useNotifications } from './use-notifications.js';

export function NotificationsList({
  notifications: { query, entries },
  error,
  onNavigate,
}: {
  readonly notifications: ReturnType<typeof useNotifications>;
  readonly error: unknown;
  readonly onNavigate: () => void;
}) {
  return (
    <>
      <ErrorNotice error={error} title="The notifications are not up to date" />
      {query.isPending && <Loader size="sm" m="sm" aria-label="Loading the notifications" />}
      {query.data && entries.length === 0 && (
        <Text size="sm" c="dimmed" px="sm" pb="sm">
          Nothing yet. Imports from cloud data show up here.
        </Text>
      )}
      <Box component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {entries.map((entry) => (
          <NotificationRow key={entry.uuid} entry={entry} onNavigate={onNavigate} />
        ))}
      </Box>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </>
  );
}
