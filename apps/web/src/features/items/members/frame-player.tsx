import type { Item } from '@latchkey/contract/schemas/item';
import { NativeSelect } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { ToolButton } from '../viewers/tool-button.js';
import { MemberBar } from './member-bar.js';
import { MemberImage } from './member-image.js';
import classes from './members.module.css';
import { useMemberKeys } from './use-member-keys.js';
import { usePlayback } from './use-playback.js';
import { usePreload } from './use-preload.js';

const rates = [1, 2, 5, 10, 15, 25, 30];

/** An image group, or a sequence that is played: zoom and position stay from frame to frame. */
export function FramePlayer({ item, members }: { readonly item: Item; readonly members: readonly Item[] }) {
  const isSequence = item.itemType === 'imageSequence';
  const [rate, setRate] = useState(isSequence ? 10 : 2);
  const { index, show, isPlaying, toggle, onShown } = usePlayback(members.length, rate);
  const onMemberKey = useMemberKeys(index, members.length, show);
  usePreload(members, index);
  const member = members[index];
  const onKeyDown = (event: KeyboardEvent) => {
    const isControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement;
    if (event.key !== ' ' || isControl) return onMemberKey(event);
    event.preventDefault();
    toggle();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a region with keys of its own.
    <div
      className={classes['members']}
      role="group"
      aria-label={`Images of ${item.name}`}
      onKeyDown={onKeyDown}
    >
      <MemberBar members={members} index={index} onChange={show} noun={isSequence ? 'Frame' : 'Image'}>
        <ToolButton label={isPlaying ? 'Pause (space)' : 'Play (space)'} onClick={toggle}>
          {isPlaying ? <IconPlayerPause size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />}
        </ToolButton>
        <NativeSelect
          aria-label="Frames a second"
          size="sm"
          value={rate}
          data={rates.map((value) => ({ value: String(value), label: `${value}/s` }))}
          onChange={(event) => setRate(Number(event.currentTarget.value))}
        />
      </MemberBar>
      <div className={classes['stage']}>
        {member && <MemberImage member={member} attempt={index} onShown={onShown} />}
      </div>
    </div>
  );
}
