import type { DisabledWebhook } from '@latchkey/contract/schemas/notification';
import { Group, Stack, Text } from '@mantine/core';
import { IconWebhookOff } from '@tabler/icons-react';
import { RelativeTime } from '../../components/relative-time.js';

/** That a webhook was switched off, because its receiver failed for days or listens no more. */
export function WebhookNotice({
  webhook,
  createdAt,
}: {
  readonly webhook: DisabledWebhook;
  readonly createdAt: string;
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
          {webhook.host} did not take its messages. Mend the receiver, then switch the webhook on again.
        </Text>
        <Text size="xs" c="dimmed">
          <RelativeTime timestamp={createdAt} />
        </Text>
      </Stack>
    </Group>
  );
}
