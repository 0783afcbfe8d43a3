import { Tooltip } from '@mantine/core';
import { formatDateTime, formatRelative } from '../lib/format.js';
import { useNow } from '../lib/use-now.js';

/** `3 hours ago`, with the exact time on hover and for screen readers. */
export function RelativeTime({ timestamp }: { readonly timestamp: string }) {
  const now = useNow(30_000);
  const exact = formatDateTime(timestamp);
  return (
    <Tooltip label={exact}>
      <time dateTime={timestamp} title={exact}>
        {formatRelative(timestamp, now)}
      </time>
    </Tooltip>
  );
}
