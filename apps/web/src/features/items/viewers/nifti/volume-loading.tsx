import { Progress, Text } from '@mantine/core';
import { formatBytes } from '../../../../lib/format.js';
import type { DownloadProgress } from '../object-download.js';
import classes from './nifti.module.css';

interface VolumeLoadingProps {
  readonly progress: DownloadProgress | null;
  /** As the item says, where the storage does not. */
  readonly fileSize: number | null;
  readonly isLoaded: boolean;
}

/** How much has arrived, in bytes. */
export function VolumeLoading({ progress, fileSize, isLoaded }: VolumeLoadingProps) {
  const received = progress?.receivedBytes ?? 0;
  const total = progress?.totalBytes ?? fileSize;
  const share = total ? Math.min((received / total) * 100, 100) : 0;
  return (
    <div className={classes['cover']}>
      <Progress w={260} value={share} animated={isLoaded} aria-label="Loaded" />
      <Text size="sm" role="status" ta="center">
        {isLoaded
          ? 'Drawing the volume…'
          : `${formatBytes(received)}${total ? ` of ${formatBytes(total)}` : ''} loaded`}
      </Text>
    </div>
  );
}
