import type { Item } from '@latchkey/contract/schemas/item';
import { Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo } from 'react';
import { MemberBar } from '../../members/member-bar.js';
import { MemberImage } from '../../members/member-image.js';
import { useMemberKeys } from '../../members/use-member-keys.js';
import { usePlayback } from '../../members/use-playback.js';
import { ToolButton } from '../tool-button.js';
import viewer from '../viewers.module.css';
import classes from './scene.module.css';
import { SceneClouds } from './scene-clouds.js';
import { camerasOf, eventAt, sceneStreams, timesOf } from './scene-streams.js';

/** Moments a second while it plays. */
const rate = 2;

/** A scene of streams: point clouds in space and images beside them, at one moment. */
export function SceneView({ item, members }: { readonly item: Item; readonly members: readonly Item[] }) {
  const streams = useMemo(() => sceneStreams(item), [item]);
  const times = useMemo(() => timesOf(streams), [streams]);
  const { index, show, isPlaying, toggle, onShown } = usePlayback(times.length, rate);
  const onMemberKey = useMemberKeys(index, times.length, show);
  const time = times[index] ?? 0;
  const images = streams.filter(({ type }) => type === 'image');
  const hasClouds = streams.some(({ type }) => type === 'point_cloud');
  const onKeyDown = (event: KeyboardEvent) => {
    const isControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement;
    if (event.key !== ' ' || isControl) return onMemberKey(event);
    event.preventDefault();
    toggle();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own.
    <div className={viewer['viewer']} role="group" aria-label={`Scene ${item.name}`} onKeyDown={onKeyDown}>
      <MemberBar
        members={times.map((each) => ({ name: `Time ${each}` }))}
        index={index}
        onChange={show}
        noun="Moment"
      >
        <ToolButton label={isPlaying ? 'Pause (space)' : 'Play (space)'} onClick={toggle}>
          {isPlaying ? <IconPlayerPause size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />}
        </ToolButton>
      </MemberBar>
      <div className={classes['scene']}>
        {hasClouds && (
          <div className={classes['clouds']}>
            <SceneClouds streams={streams} members={members} time={time} onShown={onShown} />
          </div>
        )}
        {images.length > 0 && (
          <div className={classes['images']}>
            {images.map((stream) => {
              const member = members[eventAt(stream, time)?.member ?? -1];
              return (
                <section
                  key={stream.name}
                  aria-label={`Images of ${stream.name}`}
                  className={classes['image']}
                >
                  <Text size="sm" fw={600}>
                    {stream.name}
                  </Text>
                  {member ? (
                    <MemberImage member={member} attempt={index} onShown={hasClouds ? ignore : onShown} />
                  ) : (
                    <Text size="sm" c="dimmed">
                      Nothing yet at this time.
                    </Text>
                  )}
                </section>
              );
            })}
          </div>
        )}
      </div>
      <CameraList streams={streams} />
    </div>
  );
}

/** The clouds tell when a moment is shown. */
const ignore = () => {};

function CameraList({ streams }: { streams: Parameters<typeof camerasOf>[0] }) {
  const cameras = camerasOf(streams);
  if (cameras.length === 0) return null;
  return (
    <details>
      <summary className={classes['summary']}>Cameras ({cameras.length})</summary>
      <ul className={classes['cameras']}>
        {cameras.map(({ name, facts }) => (
          <li key={name}>
            <strong>{name}</strong> {facts}
          </li>
        ))}
      </ul>
    </details>
  );
}
