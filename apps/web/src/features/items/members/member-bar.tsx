import { Slider, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ToolButton } from '../viewers/tool-button.js';
import classes from './members.module.css';

interface MemberBarProps {
  readonly members: readonly { readonly name: string }[];
  readonly index: number;
  readonly onChange: (index: number) => void;
  /** What a member is called here. */
  readonly noun: 'Frame' | 'Image' | 'Member' | 'Moment' | 'Slice';
  readonly children?: ReactNode;
}

/** Previous, next, a slider over all members, and the name of the one that is shown. */
export function MemberBar({ members, index, onChange, noun, children }: MemberBarProps) {
  const last = members.length - 1;
  const word = noun.toLowerCase();
  return (
    <div className={classes['bar']} role="toolbar" aria-label={`${noun}s`}>
      <ToolButton label={`Previous ${word} (,)`} disabled={index === 0} onClick={() => onChange(index - 1)}>
        <IconChevronLeft size={18} aria-hidden />
      </ToolButton>
      {children}
      <ToolButton label={`Next ${word} (.)`} disabled={index === last} onClick={() => onChange(index + 1)}>
        <IconChevronRight size={18} aria-hidden />
      </ToolButton>
      <Slider
        className={classes['slider']}
        min={0}
        max={Math.max(last, 1)}
        disabled={last === 0}
        value={index}
        onChange={(value) => onChange(Math.min(value, last))}
        label={(value) => members[value]?.name}
        thumbLabel={`${noun} to show`}
      />
      <Text size="sm" className={classes['name']} aria-live="polite" title={members[index]?.name ?? ''}>
        {index + 1} of {members.length}
        {' · '}
        {members[index]?.name}
      </Text>
    </div>
  );
}
