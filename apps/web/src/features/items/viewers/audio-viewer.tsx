import { Switch, Text } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { formatBytes } from '../../../lib/format.js';
import { decodingRate } from './audio/decoding-rate.js';
import { applyMove, mediaKeysHelp, mediaMoveOf } from './media-keys.js';
import { SpeedSelect } from './speed-select.js';
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
  const [hasSpectrogram, setHasSpectrogram] = useState(true);
  const sampleRate = decodingRate(item);
  const isWanted = isSmall && readyAttempt === attempt;
  const waveform = useWaveform(audio, wave, { isWanted, sampleRate, hasSpectrogram });
  const note =
    item.fileSize === null
      ? 'No waveform and spectrogram: the size of the file is not known. It plays all the same.'
      : `No waveform and spectrogram: the file would have to be decoded whole, which is done up to ${formatBytes(maxWaveformBytes)}. It plays all the same.`;
  const onKeyDown = (event: KeyboardEvent) => {
    const move = mediaMoveOf(event);
    if (!move || !audio.current) return;
    event.preventDefault();
    applyMove(audio.current, move);
  };
  return (
    <div className={classes['viewer']}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own. */}
      <div
        role="group"
        aria-label={`Waveform: ${mediaKeysHelp}`}
        className={`${classes['stage']} ${classes['wave']}`}
        style={{ flex: 'none' }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above need the focus.
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
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
        onSeeking={position.keep}
        onTimeUpdate={position.keep}
        onPlay={position.keep}
        onPause={position.keep}
        onError={() => {
          position.fail();
          onFail();
        }}
      />
      <div className={classes['toolbar']} role="toolbar" aria-label="Audio">
        <SpeedSelect media={audio} attempt={attempt} />
        {isSmall && (
          <Switch
            size="sm"
            label={`Spectrogram up to ${(sampleRate / 2000).toLocaleString('en', { maximumFractionDigits: 1 })} kHz`}
            checked={hasSpectrogram}
            onChange={(event) => setHasSpectrogram(event.currentTarget.checked)}
          />
        )}
        <Text size="sm" c="dimmed">
          On the waveform {mediaKeysHelp}.
        </Text>
      </div>
    </div>
  );
}
