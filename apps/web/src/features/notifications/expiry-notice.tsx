import type { ExpiringItems } from '@latchkey/contract/schemas/notification';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { Link } from 'react-router';
import { RelativeTime } from '../../components/relative-time.js';
import { countOf, formatDateTime } from '../../lib/format.js';
import type { NotificationEntry } from './use-notifications.js';

const dayMs = 24 * 3600 * 1000;

/** The filter of the list that shows the items of the notice at `now`. */
function filterOf({ lastExpiresBy }: ExpiringItems, now: number): string {
  const left = Date.parse(lastExpiresBy) - now;
  if (left <= 0) return 'expired';
  if (left <= dayMs) return 'day';
  return left <= 7 * dayMs ? 'week' : 'month';
}

/** That items of a folder are about to expire, and the way to those. */
export function ExpiryNotice({
  entry,
  items,
  onNavigate,
}: {
  readonly entry: NotificationEntry;
  readonly items: ExpiringItems;
  readonly onNavigate: () => void;
}) {
  const { folderUuid, folderName, itemsCount, firstExpiresBy } = items;
  const filter = filterOf(items, Date.now());
  return (
    <Group component="li" align="flex-start" wrap="nowrap" gap="sm" p="sm" data-notification="itemsExpiring">
      <IconClockExclamation size={20} color="var(--mantine-color-orange-6)" aria-hidden />
      <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {filter === 'expired' ? 'Signed URLs have expired' : 'Signed URLs expire soon'}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {countOf(itemsCount, 'item')} in{' '}
          <Anchor
            component={Link}
            to={`/folders/${folderUuid}?expiry=${filter}`}
            size="sm"
            underline="always"
            onClick={onNavigate}
          >
            {folderName}
          </Anchor>
          : the first by {formatDateTime(firstExpiresBy)}. Sign them again and renew them there.
        </Text>
        <Text size="xs" c="dimmed">
          <RelativeTime timestamp={entry.createdAt} />
        </Text>
      </Stack>
    </Group>
  );
}
