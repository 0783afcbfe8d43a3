import { Group, Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';

/** Marks an integration whose data only the user's browser touches. */
export function ClientOnlyBadge() {
  return (
    <Group gap={6} wrap="nowrap">
      <IconCircleCheckFilled
        style={{ flexShrink: 0 }}
        size={18}
        color="var(--mantine-color-green-7)"
        aria-hidden
      />
      <Text size="sm">Client-only access</Text>
    </Group>
  );
}
