import { useEffect, useState } from 'react';

/**
 * Which frame is shown, and on from it while it plays: no faster than the rate, and never before a frame is there. It ends
 * with the last frame, or begins again.
 */
export function usePlayback(count: number, rate: number, isEndless = false) {
  const [index, setIndex] = useState(0);
  const [shown, setShown] = useState<number | null>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const isLast = index === count - 1;
  useEffect(() => {
    if (!isPlaying || shown !== index) return;
    const timer = setTimeout(() => {
      if (isLast && !isEndless) setIsPlaying(false);
      else setIndex(isLast ? 0 : index + 1);
    }, 1000 / rate);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, index, isLast, isEndless, rate]);
  return {
    index,
    isPlaying,
    show: (next: number) => {
      setIsPlaying(false);
      setIndex(next);
    },
    /** From the end it plays from the start. */
    toggle: () => {
      if (!isPlaying && isLast) setIndex(0);
      setIsPlaying(!isPlaying);
    },
    onShown: () => setShown(index),
  };
}
