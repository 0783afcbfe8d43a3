import type { Item } from '@latchkey/contract/schemas/item';
import { useEffect } from 'react';

const ahead = 4;
const behind = 1;

/** Loads the images around the one that is shown into the browser's cache, as the viewer will load them. */
export function usePreload(members: readonly Item[], index: number): void {
  useEffect(() => {
    const near = [
      ...members.slice(index + 1, index + 1 + ahead),
      ...members.slice(Math.max(0, index - behind), index),
    ];
    const images = near.flatMap(({ signedUrl }) => {
      if (signedUrl === null) return [];
      const image = new Image();
      image.crossOrigin = 'anonymous';
      image.referrerPolicy = 'no-referrer';
      image.src = signedUrl;
      return [image];
    });
    return () => {
      // An image that is still loading is given up; one that is there stays in the cache.
      for (const image of images) if (!image.complete) image.src = '';
    };
  }, [members, index]);
}
