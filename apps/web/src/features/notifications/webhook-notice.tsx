import type { DisabledWebhook } from '@latchkey/contract/schemas/notification';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconWebhookOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { RelativeTime } from '../../components/relative-time.js';

/** That a webhook was switched off, because its receiver failed for days or listens no more. */
export function WebhookNotice({
  webhook,
  createdAt,
  onNavigate,
}: {
  readonly webhook: DisabledWebhook;
  readonly createdAt: string;
  readonly onNavigate: () => void;
}) {
  return (
    <Group
      component="li"
      align="flex-start"
      wrap="nowrap"
      gap="sm"
      p="sm"
      data-notification="webhookDisabled"
    >
      <IconWebhookOff size={20} color="var(--mantine-color-orange-6)" aria-hidden />
      <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600}>
          A webhook was switched off
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {webhook.host} did not take its messages. Mend the receiver, then switch on{' '}
          <Anchor component={Link} to="/webhooks" size="sm" underline="always" onClick={onNavigate}>
            the webhook
          </Anchor>
          .
        </Text>
        <Text size="xs" c="dimmed">
          <RelativeTime timestamp={createdAt} />
        </Text>
      </Stack>
    </Group>
  );
}
