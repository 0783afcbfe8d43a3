import { Badge, Group } from '@mantine/core';
import { RelativeTime } from '../relative-time.js';

const soonMs = 7 * 24 * 3600 * 1000;

/** When a token expires; marked within the last week before, and after. */
export function TokenExpiry({ expiresAt }: { readonly expiresAt: string | null }) {
  if (expiresAt === null) return 'Never';
  const leftMs = Date.parse(expiresAt) - Date.now();
  return (
    <Group gap="xs" wrap="nowrap">
      <RelativeTime timestamp={expiresAt} />
      {leftMs <= soonMs && (
        <Badge
          color={leftMs <= 0 ? 'red' : 'orange'}
          variant="light"
          tt="none"
          // The colour's own text is too faint on it in the light scheme.
          styles={{ label: { color: 'var(--mantine-color-text)' } }}
        >
          {leftMs <= 0 ? 'Expired' : 'Soon'}
        </Badge>
      )}
    </Group>
  );
}
