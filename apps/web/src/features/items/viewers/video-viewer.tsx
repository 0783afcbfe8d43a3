import { Text } from '@mantine/core';
import { IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { formatTimecode, frameAt, timeOfFrame } from './frames.js';
import { ToolButton } from './tool-button.js';
import { useMediaPosition } from './use-media-position.js';
import { useMediaSource } from './use-media-source.js';
import { useShownTime } from './use-shown-time.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

export function VideoViewer({ item, url, attempt, onReady, onFail }: ViewerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const position = useMediaPosition(video);
  useMediaSource(video, url, attempt);
  const shownTime = useShownTime(video, attempt);
  const { fps } = item;
  const stepFrames = (count: number) => {
    const element = video.current;
    if (!element || fps === null) return;
    element.pause();
    element.currentTime = timeOfFrame(frameAt(shownTime, fps) + count, fps);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = ({ ',': -1, '.': 1, '<': -10, '>': 10 } as Record<string, number>)[event.key];
    if (count === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stepFrames(count);
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
        <Text size="sm" ff="monospace">
          {fps !== null && `Frame ${frameAt(shownTime, fps)} · `}
          {formatTimecode(shownTime)}
        </Text>
        <Text size="sm" c="dimmed">
          {fps === null
            ? 'Frames cannot be counted: the frame rate is not known.'
            : `${fps} frames a second; keys , and . step one frame, < and > ten`}
        </Text>
      </div>
    </div>
  );
}
