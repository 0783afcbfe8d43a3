import { type RefObject, useLayoutEffect } from 'react';

/**
 * Gives a media element its source once it is in the page. As an attribute it would begin to load while React still
 * prepares the element, and React drops the events of elements that are not committed: a quick `loadedmetadata` or
 * `error` would be lost.
 */
export function useMediaSource(
  media: RefObject<HTMLMediaElement | null>,
  url: string,
  attempt: number,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt has an element of its own.
  useLayoutEffect(() => {
    if (media.current) media.current.src = url;
  }, [media, url, attempt]);
}
