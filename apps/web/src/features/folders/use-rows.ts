import { useMemo, useState } from 'react';
import type { Listing } from './listing.js';
import { folderRow, itemRow, type Row } from './rows.js';
import { type ListEnd, useFolderPages, useItemPages, type WantedPages } from './use-pages.js';

export interface RowList {
  readonly rows: readonly Row[];
  /** From which end of the list they are loaded: from the last one, more come before them. */
  readonly end: ListEnd;
  /** Also those that were loaded from the other end. */
  readonly known: readonly Row[];
  readonly isPending: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly error: unknown;
  readonly loadMore: () => void;
  readonly retry: () => void;
  /** Shows the rows of the other end, once they are there. */
  readonly goTo: (end: ListEnd) => void;
}

/** Sub-folders first, then items. */
export function useRows(folderUuid: string | null, listing: Listing): RowList {
  const [last, setLast] = useState<{ folderUuid: string | null; listing: Listing } | null>(null);
  const isLast = last !== null && last.folderUuid === folderUuid && last.listing === listing;
  const fromFirst = useRowsFrom({ folderUuid, listing, end: 'first', isWanted: true });
  const fromLast = useRowsFrom({ folderUuid, listing, end: 'last', isWanted: isLast });
  const shown = isLast && !fromLast.isPending && fromLast.error === null ? fromLast : fromFirst;
  const known = useMemo(
    () =>
      fromLast.rows.length === 0
        ? fromFirst.rows
        : [...new Map([...fromFirst.rows, ...fromLast.rows].map((row) => [row.key, row])).values()],
    [fromFirst.rows, fromLast.rows],
  );
  return {
    ...shown,
    known,
    isLoadingMore: shown.isLoadingMore || (isLast && fromLast.isPending),
    error: (isLast && fromLast.error) || shown.error,
    retry: isLast ? fromLast.retry : shown.retry,
    goTo: (end) => setLast(end === 'last' ? { folderUuid, listing } : null),
  };
}

/**
 * The rows of one end, in the order of the list. Folders and items are added one after the other, whichever come first
 * from that end, so that rows never jump.
 */
function useRowsFrom(wanted: WantedPages): Omit<RowList, 'known' | 'goTo'> {
  const { end } = wanted;
  const folders = useFolderPages(wanted);
  const items = useItemPages(wanted);
  const [near, far] = end === 'first' ? [folders, items] : [items, folders];
  const isNearDone = !near.isEnabled || (near.isSuccess && !near.hasNextPage);
  const rows = useMemo(() => {
    const folderRows = folders.data?.pages.flatMap((page) => page.results.map(folderRow)) ?? [];
    const itemRows = items.data?.pages.flatMap((page) => page.results.map(itemRow)) ?? [];
    if (end === 'first') return isNearDone ? [...folderRows, ...itemRows] : folderRows;
    return (isNearDone ? [...itemRows, ...folderRows] : itemRows).reverse();
  }, [folders.data, items.data, isNearDone, end]);
  const next = isNearDone ? far : near;
  const failed = [folders, items].find((query) => query.isEnabled && query.isError);
  return {
    rows,
    end,
    isPending: (folders.isEnabled && folders.isPending) || (items.isEnabled && items.isPending),
    hasMore: next.hasNextPage,
    isLoadingMore: next.isFetchingNextPage,
    error: failed?.error ?? null,
    loadMore: () => {
      if (next.hasNextPage && !next.isFetching && !next.isError) void next.fetchNextPage();
    },
    retry: () => void (failed?.data ? failed.fetchNextPage() : failed?.refetch()),
  };
}
