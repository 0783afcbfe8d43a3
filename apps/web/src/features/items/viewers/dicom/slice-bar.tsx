import { NativeSelect } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { MemberBar } from '../../members/member-bar.js';
import { ToolButton } from '../tool-button.js';
import type { Slice } from './slices.js';

const rates = [1, 2, 5, 10, 15, 25, 30];

interface SliceBarProps {
  readonly slices: readonly Slice[];
  readonly index: number;
  readonly onChange: (index: number) => void;
  readonly isPlaying: boolean;
  readonly onToggle: () => void;
  /** Slices a second. */
  readonly rate: number;
  readonly onRate: (rate: number) => void;
}

export function SliceBar({ slices, index, onChange, isPlaying, onToggle, rate, onRate }: SliceBarProps) {
  return (
    <MemberBar members={slices} index={index} onChange={onChange} noun="Slice">
      <ToolButton label={isPlaying ? 'Pause (space)' : 'Play (space)'} onClick={onToggle}>
        {isPlaying ? <IconPlayerPause size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />}
      </ToolButton>
      <NativeSelect
        aria-label="Slices a second"
        size="sm"
        value={rate}
        data={rates.map((value) => ({ value: String(value), label: `${value}/s` }))}
        onChange={(event) => onRate(Number(event.currentTarget.value))}
      />
    </MemberBar>
  );
}
