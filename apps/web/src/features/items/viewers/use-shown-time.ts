import { type RefObject, useEffect, useState } from 'react';

/**
 * Media time of the frame that is on the screen, in seconds: from the frame itself where the browser tells it, else
 * from the clock of the element.
 */
export function useShownTime(video: RefObject<HTMLVideoElement | null>, attempt: number): number {
  const [time, setTime] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt has a new element.
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    if (!('requestVideoFrameCallback' in element)) return followClock(element, setTime);
    let handle = 0;
    const onFrame = (_now: number, { mediaTime }: { mediaTime: number }) => {
      setTime(mediaTime);
      handle = element.requestVideoFrameCallback(onFrame);
    };
    handle = element.requestVideoFrameCallback(onFrame);
    return () => element.cancelVideoFrameCallback(handle);
  }, [video, attempt]);
  return time;
}

function followClock(element: HTMLMediaElement, onTime: (time: number) => void): () => void {
  const listening = new AbortController();
  for (const event of ['timeupdate', 'seeked'])
    element.addEventListener(event, () => onTime(element.currentTime), { signal: listening.signal });
  return () => listening.abort();
}
