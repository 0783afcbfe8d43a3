import { Progress, Stack, Text } from '@mantine/core';
import { formatBytes } from '../../../../lib/format.js';
import type { DownloadProgress } from './object-download.js';

interface LoadProgressProps {
  /** Null before the first byte. */
  readonly progress: DownloadProgress | null;
  /** What happens once all bytes are there: `Reading the points`. */
  readonly after: string;
}

/** How much of an object has arrived, in bytes. */
export function LoadProgress({ progress, after }: LoadProgressProps) {
  const received = progress?.receivedBytes ?? 0;
  const total = progress?.totalBytes ?? null;
  const isAll = total !== null && received >= total;
  const share = total ? Math.min(100, (received / total) * 100) : 0;
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
          : `${formatBytes(received)}${total === null ? '' : ` of ${formatBytes(total)}`} loaded`}
      </Text>
    </Stack>
  );
}
