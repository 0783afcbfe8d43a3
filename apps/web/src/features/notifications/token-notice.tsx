import type { ExpiringToken } from '@latchkey/contract/schemas/notification';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { Link } from 'react-router';
import { RelativeTime } from '../../components/relative-time.js';
import { formatDateTime } from '../../lib/format.js';

/** That an API token of the user, or of a service account, expires within a week, or has expired since. */
export function TokenNotice({
  token,
  createdAt,
  onNavigate,
}: {
  readonly token: ExpiringToken;
  readonly createdAt: string;
  readonly onNavigate: () => void;
}) {
  const isExpired = Date.parse(token.expiresAt) <= Date.now();
  const { serviceAccount } = token;
  const place =
    serviceAccount === null ? { to: '/profile', name: 'Profile' } : { to: '/users', name: 'Users' };
  return (
    <Group component="li" align="flex-start" wrap="nowrap" gap="sm" p="sm" data-notification="tokenExpiring">
      <IconKey size={20} color="var(--mantine-color-orange-6)" aria-hidden />
      <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {isExpired ? 'An API token has expired' : 'An API token expires soon'}
          {serviceAccount !== null && `: ${serviceAccount}`}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {token.title}: {formatDateTime(token.expiresAt)}. Make a new one under{' '}
          <Anchor component={Link} to={place.to} size="sm" underline="always" onClick={onNavigate}>
            {place.name}
          </Anchor>{' '}
          and give it to what uses this one.
        </Text>
        <Text size="xs" c="dimmed">
          <RelativeTime timestamp={createdAt} />
        </Text>
      </Stack>
    </Group>
  );
}
