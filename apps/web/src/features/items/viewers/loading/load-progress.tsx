import { Progress, Stack, Text } from '@mantine/core';
import { formatBytes } from '../../../../lib/format.js';

interface LoadProgressProps {
  readonly byteCount: number;
  readonly total: number | null;
  /** What happens once all bytes are there: `Reading the points`. */
  readonly after: string;
}

/** How much of an object has arrived, in bytes. */
export function LoadProgress({ byteCount, total, after }: LoadProgressProps) {
  const isAll = total !== null && byteCount >= total;
  const share = total ? Math.min(100, (byteCount / total) * 100) : 0;
  return (
    <Stack gap={6} w={260} maw="80%">
      <Progress
        value={isAll || total === null ? 100 : share}
        animated={isAll || total === null}
        aria-label="Bytes loaded"
      />
      <Text size="sm" c="dimmed" role="status" ta="center">
        {isAll
          ? after
          : `${formatBytes(byteCount)}${total === null ? '' : ` of ${formatBytes(total)}`} loaded`}
      </Text>
    </Stack>
  );
}
