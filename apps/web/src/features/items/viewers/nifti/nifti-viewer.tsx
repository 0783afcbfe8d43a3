import { Button, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { formatBytes } from '../../../../lib/format.js';
import { UnreadableFile } from '../../failure/unreadable-file.js';
import { LoadProgress } from '../loading/load-progress.js';
import type { ViewerProps } from '../viewer-props.js';
import shared from '../viewers.module.css';
import { hasWebGl2 } from '../webgl.js';
import classes from './nifti.module.css';
import { useDownload } from './use-download.js';
import { useVolume } from './use-volume.js';
import { VolumeControls } from './volume-controls.js';

/** Bytes of a file above which it is loaded only when asked for: it is read as a whole, and unpacked in memory. */
const largeBytes = 300_000_000;

/** A NIfTI volume, or a series of them: three planes and a rendering. */
export function NiftiViewer(props: ViewerProps) {
  const { item, url, attempt, onReady, onFail } = props;
  const [isAllowed, setAllowed] = useState((item.fileSize ?? 0) <= largeBytes);
  const [canvas, canvasRef] = useState<HTMLCanvasElement | null>(null);
  const canDraw = hasWebGl2();
  const { progress, bytes } = useDownload({ url, attempt, onFail, isWanted: isAllowed && canDraw });
  const volume = useVolume(canvas, bytes, onReady, onFail);
  const refuse = useEffectEvent(() => {
    if (canDraw) return;
    onFail(
      new UnreadableFile(
        'This browser does not draw with WebGL 2, which the NIfTI viewer needs. Turn hardware acceleration on in its settings, or use another browser.',
      ),
    );
  });
  useEffect(() => refuse(), []);
  // What waits for a click is not silent.
  const wait = useEffectEvent(() => {
    if (!isAllowed) onReady();
  });
  useEffect(() => wait(), []);
  if (!isAllowed) return <LargeFile size={item.fileSize ?? 0} onLoad={() => setAllowed(true)} />;
  const stage = (
    <>
      <canvas ref={canvasRef} className={classes['canvas']} />
      {!volume && (
        <div className={classes['cover']}>
          <LoadProgress progress={progress} after="Drawing the volume" />
        </div>
      )}
    </>
  );
  return (
    <VolumeControls volume={volume} name={item.name}>
      {stage}
    </VolumeControls>
  );
}

function LargeFile({ size, onLoad }: { readonly size: number; readonly onLoad: () => void }) {
  return (
    <div className={shared['viewer']}>
      <Text size="sm">
        The file has {formatBytes(size)}. It is loaded as a whole, and takes at least as much memory; more
        when it is packed.
      </Text>
      <div>
        <Button size="xs" onClick={onLoad}>
          Load {formatBytes(size)}
        </Button>
      </div>
    </div>
  );
}
