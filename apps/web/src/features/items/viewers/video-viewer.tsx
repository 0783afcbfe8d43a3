import { NumberInput, Text } from '@mantine/core';
import { IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { formatTimecode, frameAt, timeOfFrame } from './frames.js';
import { applyMove, mediaKeysHelp, mediaMoveOf } from './media-keys.js';
import { SpeedSelect } from './speed-select.js';
import { ToolButton } from './tool-button.js';
import { useMediaPosition } from './use-media-position.js';
import { useMediaSource } from './use-media-source.js';
import { useShownTime } from './use-shown-time.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

const frameSteps: Readonly<Record<string, number>> = { ',': -1, '.': 1, '<': -10, '>': 10 };

export function VideoViewer({ item, url, attempt, onReady, onFail }: ViewerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const position = useMediaPosition(video);
  useMediaSource(video, url, attempt);
  const shownTime = useShownTime(video, attempt);
  const { fps } = item;
  const showFrame = (frame: number) => {
    const element = video.current;
    if (!element || fps === null) return;
    element.pause();
    element.currentTime = timeOfFrame(frame, fps);
  };
  const stepFrames = (count: number) => fps !== null && showFrame(frameAt(shownTime, fps) + count);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const count = frameSteps[event.key];
    const move = mediaMoveOf(event);
    // These are keys of the focused video or button itself.
    const isOwnKey = /^( |Arrow)/.test(event.key);
    if (isOwnKey || (count === undefined && !move) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (count !== undefined) stepFrames(count);
    else if (move && video.current) applyMove(video.current, move);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the video and its buttons.
    <div className={classes['viewer']} onKeyDown={onKeyDown}>
      <div className={classes['stage']}>
        {/* biome-ignore lint/a11y/useMediaCaption: the registered data has no captions. */}
        <video
          key={attempt}
          ref={video}
          crossOrigin="anonymous"
          controls
          playsInline
          preload="metadata"
          aria-label={item.name}
          className={classes['video']}
          onLoadedMetadata={() => {
            position.restore();
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
      </div>
      <div className={classes['toolbar']} role="toolbar" aria-label="Frames">
        <ToolButton label="Previous frame (,)" disabled={fps === null} onClick={() => stepFrames(-1)}>
          <IconPlayerSkipBack size={18} aria-hidden />
        </ToolButton>
        <ToolButton label="Next frame (.)" disabled={fps === null} onClick={() => stepFrames(1)}>
          <IconPlayerSkipForward size={18} aria-hidden />
        </ToolButton>
        {fps !== null && (
          <NumberInput
            aria-label="Frame"
            size="sm"
            w={88}
            hideControls
            allowDecimal={false}
            min={0}
            {...(item.frameCount !== null && { max: item.frameCount - 1 })}
            value={frameAt(shownTime, fps)}
            onChange={(value) => {
              if (typeof value === 'number' && value !== frameAt(shownTime, fps)) showFrame(value);
            }}
          />
        )}
        <Text size="sm" ff="monospace">
          {fps !== null && item.frameCount !== null && `of ${item.frameCount} · `}
          {formatTimecode(shownTime)}
        </Text>
        <SpeedSelect media={video} attempt={attempt} />
        <Text size="sm" c="dimmed">
          {fps === null
            ? 'Frames cannot be counted: the frame rate is not known.'
            : `${fps} frames a second; keys , and . step one frame, < and > ten; ${mediaKeysHelp}`}
        </Text>
      </div>
    </div>
  );
}
