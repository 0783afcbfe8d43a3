import { Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { formatBytes } from '../../../lib/format.js';
import { useMediaPosition } from './use-media-position.js';
import { useMediaSource } from './use-media-source.js';
import { useWaveform } from './use-waveform.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

/** Drawing a waveform decodes the whole file; above this size it would take too long and too much memory. */
const maxWaveformBytes = 30_000_000;

export function AudioViewer({ item, url, attempt, onReady, onFail }: ViewerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const wave = useRef<HTMLDivElement>(null);
  const [readyAttempt, setReadyAttempt] = useState<number | null>(null);
  const position = useMediaPosition(audio);
  useMediaSource(audio, url, attempt);
  const isSmall = item.fileSize !== null && item.fileSize <= maxWaveformBytes;
  const waveform = useWaveform(audio, wave, isSmall && readyAttempt === attempt);
  const note =
    item.fileSize === null
      ? 'No waveform: the size of the file is not known.'
      : `No waveform: it is drawn for files up to ${formatBytes(maxWaveformBytes)}.`;
  return (
    <div className={classes['viewer']}>
      <div className={`${classes['stage']} ${classes['wave']}`} style={{ flex: 'none' }}>
        <div ref={wave} aria-hidden />
        {!isSmall && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
        {isSmall && waveform !== 'drawn' && (
          <Text size="sm" c="dimmed" role="status">
            {waveform === 'failed' ? 'The waveform could not be drawn.' : 'Drawing the waveform'}
          </Text>
        )}
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: the registered data has no captions. */}
      <audio
        key={attempt}
        ref={audio}
        crossOrigin="anonymous"
        controls
        preload="metadata"
        aria-label={item.name}
        className={classes['audio']}
        onLoadedMetadata={() => {
          position.restore();
          setReadyAttempt(attempt);
          onReady();
        }}
        onTimeUpdate={position.keep}
        onPlay={position.keep}
        onPause={position.keep}
        onError={() => {
          position.fail();
          onFail();
        }}
      />
    </div>
  );
}
