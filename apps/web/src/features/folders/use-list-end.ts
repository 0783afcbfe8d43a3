import { useEffect, useRef, useState } from 'react';
import type { Row } from './rows.js';
import type { ListEnd } from './use-pages.js';
import type { RowList } from './use-rows.js';

export interface EndLayout {
  readonly visible: readonly number[];
  readonly scrollTo: (index: number) => void;
}

/** Rows before the end at which the next page is asked for: who scrolls far gets two pages in advance. */
const lookAhead = (scrolled: number) => Math.min(Math.max(scrolled, 40), 200);

/** How many rows have come before those that were there. */
export function addedBefore(was: readonly Row[], rows: readonly Row[], end: ListEnd): number {
  const isLonger = end === 'last' && was.length > 0 && rows.length > was.length;
  return isLonger && rows.at(-1)?.key === was.at(-1)?.key ? rows.length - was.length : 0;
}

/** The row that the keyboard is at, and which pages of the list are there: they come from either end of it. */
export function useListEnd(list: RowList, layout: EndLayout) {
  const { rows, end, hasMore, isLoadingMore, loadMore } = list;
  const isFocusWanted = useRef(false);
  const isFocusAwaited = useRef(false);
  const [active, setActive] = useState(0);
  const [counted, setCounted] = useState({ rows, end });
  if (counted.rows !== rows || counted.end !== end) {
    setCounted({ rows, end });
    if (counted.end === end) setActive(active + addedBefore(counted.rows, rows, end));
    else {
      setActive(end === 'last' ? rows.length - 1 : 0);
      isFocusWanted.current = isFocusAwaited.current;
      isFocusAwaited.current = false;
    }
  }
  const [firstVisible = 0] = layout.visible;
  const left = end === 'last' ? firstVisible : rows.length - (layout.visible.at(-1) ?? 0);
  useEffect(() => {
    if (hasMore && !isLoadingMore && left <= lookAhead(rows.length - left)) loadMore();
  }, [hasMore, isLoadingMore, left, rows.length, loadMore]);
  /** True: the key leads to an end of the list that is not there yet. */
  const jump = (key: string): boolean => {
    const isElsewhere = hasMore && (end === 'first' ? key === 'End' : key === 'Home');
    if (isElsewhere) {
      isFocusAwaited.current = true;
      list.goTo(end === 'first' ? 'last' : 'first');
    }
    return isElsewhere;
  };
  const focusRow = (index: number) => {
    isFocusWanted.current = true;
    setActive(index);
    layout.scrollTo(index);
  };
  return { active, setActive, focusRow, isFocusWanted, jump };
}
