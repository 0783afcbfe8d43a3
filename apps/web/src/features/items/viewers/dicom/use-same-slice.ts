import { useEffect, useRef } from 'react';
import type { Slice } from './slices.js';

/** Stays with the slice when others get another place: once all files are there, their tags tell the order. */
export function useSameSlice(slices: readonly Slice[], index: number, show: (index: number) => void): void {
  const last = useRef({ slices, index });
  useEffect(() => {
    const key = last.current.slices[last.current.index]?.key;
    const isMoved =
      last.current.slices !== slices && last.current.index === index && slices[index]?.key !== key;
    const place = slices.findIndex((slice) => slice.key === key);
    last.current = { slices, index };
    if (isMoved && place >= 0) show(place);
  }, [slices, index, show]);
}
