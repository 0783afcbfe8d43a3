import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { addedBefore } from './use-list-end.js';
import type { RowList } from './use-rows.js';

type Shown = Pick<RowList, 'rows' | 'end'>;

/**
 * The lines to draw. When rows come before those that are there, or those of the other end take their place, the offset
 * is set before anything is drawn: so what is in sight stays where it is, and no row loses the focus.
 */
export function useKeptInSight(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLDivElement | null>,
  { rows, end }: Shown,
  heightOf: (rowCount: number) => number,
): VirtualItem[] {
  const drawn = useRef<Shown>({ rows, end });
  const element = scroller.current;
  const offset = element && offsetOf(drawn.current, { rows, end }, element, heightOf);
  if (offset !== null) virtualizer.scrollOffset = offset;
  useLayoutEffect(() => {
    drawn.current = { rows, end };
    if (offset !== null && scroller.current) scroller.current.scrollTop = offset;
  });
  return virtualizer.getVirtualItems();
}

/** Null: the offset stays as it is. */
function offsetOf(
  was: Shown,
  { rows, end }: Shown,
  { scrollTop, clientHeight, scrollHeight }: HTMLElement,
  heightOf: (rowCount: number) => number,
): number | null {
  const growth = heightOf(rows.length) - heightOf(was.rows.length);
  if (was.end !== end) return end === 'first' ? 0 : Math.max(0, scrollHeight + growth - clientHeight);
  return addedBefore(was.rows, rows, end) > 0 ? scrollTop + growth : null;
}
