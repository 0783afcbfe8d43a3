import { NativeSelect } from '@mantine/core';
import { type RefObject, useEffect, useState } from 'react';
import { speeds } from './media-keys.js';

interface SpeedSelectProps {
  readonly media: RefObject<HTMLMediaElement | null>;
  /** A new attempt has an element of its own. */
  readonly attempt: number;
}

/** The speed of a media element, however it was changed. */
export function SpeedSelect({ media, attempt }: SpeedSelectProps) {
  const [speed, setSpeed] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt has a new element.
  useEffect(() => {
    const element = media.current;
    if (!element) return;
    const listening = new AbortController();
    element.addEventListener('ratechange', () => setSpeed(element.playbackRate), {
      signal: listening.signal,
    });
    return () => listening.abort();
  }, [media, attempt]);
  const all = speeds.includes(speed) ? speeds : [...speeds, speed].sort((a, b) => a - b);
  return (
    <NativeSelect
      aria-label="Speed"
      size="sm"
      value={speed}
      data={all.map((each) => ({ value: String(each), label: `${each}×` }))}
      onChange={(event) => {
        if (media.current) media.current.playbackRate = Number(event.currentTarget.value);
      }}
    />
  );
}
