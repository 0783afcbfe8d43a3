import { type RefObject, useRef } from 'react';

/** Keeps the place of a media element, so that it goes on there when its URL was replaced. */
export function useMediaPosition(media: RefObject<HTMLMediaElement | null>) {
  const kept = useRef({ time: 0, isPlaying: false, rate: 1, hasFailed: false });
  return {
    /** As the element plays or looks for another place; what it reports while it is broken or new is not kept. */
    keep: () => {
      const element = media.current;
      if (!element || element.error || kept.current.hasFailed) return;
      kept.current = {
        time: element.currentTime,
        isPlaying: !element.paused,
        rate: element.playbackRate,
        hasFailed: false,
      };
    },
    fail: () => {
      kept.current.hasFailed = true;
    },
    /** When the new element knows its length. */
    restore: () => {
      const element = media.current;
      const { time, isPlaying, rate, hasFailed } = kept.current;
      if (!element || !hasFailed) return;
      kept.current.hasFailed = false;
      element.currentTime = time;
      element.playbackRate = rate;
      // A browser may refuse to play without a click; then the user presses play.
      if (isPlaying) void element.play().catch(() => undefined);
    },
  };
}
