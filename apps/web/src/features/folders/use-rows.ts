import { listSubfolders, listTopLevelFolders, searchFolders } from '@latchkey/contract/routes/folders';
import { listItems, searchItems } from '@latchkey/contract/routes/items';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { transport } from '../../lib/api.js';
import { orgAccess } from '../../lib/session.js';
import { expiryQuery, isFiltered, type Listing } from './listing.js';
import { folderRow, itemRow, type Row } from './rows.js';

const pageSize = 100;
const firstPage = { initialPageParam: undefined as string | undefined };
/** A list of many pages is not asked for again, page after page, because its tab or its folder is looked at again. */
const refetched = {
  refetchOnWindowFocus: isShort,
  refetchOnMount: isShort,
  refetchOnReconnect: isShort,
};
const mostPages = 5;
function isShort({
  state,
}: {
  readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined };
}): boolean {
  return (state.data?.pages.length ?? 0) <= mostPages;
}
const nextPage = (page: { nextPageToken?: string | null }) => page.nextPageToken ?? undefined;

function commonQuery({ search, isRecursive }: Listing) {
  return {
    pageSize,
    ...orgAccess(),
    ...(search && { search }),
    ...(isRecursive && { isRecursive }),
  };
}

/** Folders have no URL: where items are sorted by its expiry, folders are by name. */
const folderOrder = ({ order, desc }: Listing) =>
  order === 'expiresAt' ? { order: 'name' as const, desc: false } : { order, desc };

function useFolderPages(folderUuid: string | null, listing: Listing) {
  return useInfiniteQuery({
    queryKey: ['folders', 'list', folderUuid, listing],
    ...firstPage,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...commonQuery(listing), ...folderOrder(listing), pageToken: pageParam };
      if (folderUuid) return transport.call(listSubfolders, { params: { folderUuid }, query, signal });
      const route = listing.isRecursive ? searchFolders : listTopLevelFolders;
      return transport.call(route, { query, signal });
    },
    getNextPageParam: nextPage,
    ...refetched,
    enabled: listing.types.length === 0 && listing.expiry === null && listing.metadata.length === 0,
  });
}

function useItemPages(folderUuid: string | null, listing: Listing) {
  const { expiry } = listing;
  // One moment for all pages: the token of the next page belongs to the list as it was asked for.
  const expiryRange = useMemo(() => expiryQuery(expiry, Date.now()), [expiry]);
  return useInfiniteQuery({
    queryKey: ['items', 'list', folderUuid, listing, expiryRange],
    ...firstPage,
    queryFn: ({ pageParam, signal }) => {
      const itemTypes = listing.types.length > 0 ? { itemTypes: [...listing.types] } : {};
      const metadata = listing.metadata.length > 0 ? { metadata: [...listing.metadata] } : {};
      const query = {
        ...commonQuery(listing),
        order: listing.order,
        desc: listing.desc,
        ...itemTypes,
        ...metadata,
        ...expiryRange,
        pageToken: pageParam,
      };
      return folderUuid
        ? transport.call(listItems, { params: { folderUuid }, query, signal })
        : transport.call(searchItems, { query, signal });
    },
    getNextPageParam: nextPage,
    ...refetched,
    // The top level itself holds folders only; items are found there by searching everywhere.
    enabled: folderUuid !== null || (listing.isRecursive && isFiltered(listing)),
  });
}

export interface RowList {
  readonly rows: readonly Row[];
  readonly isPending: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly error: unknown;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** Sub-folders first, then items; items are added once all sub-folders are there, so that rows never jump. */
export function useRows(folderUuid: string | null, listing: Listing): RowList {
  const folders = useFolderPages(folderUuid, listing);
  const items = useItemPages(folderUuid, listing);
  const areFoldersDone = !folders.isEnabled || (folders.isSuccess && !folders.hasNextPage);
  const rows = useMemo(() => {
    const folderRows = folders.data?.pages.flatMap((page) => page.results.map(folderRow)) ?? [];
    const itemRows = items.data?.pages.flatMap((page) => page.results.map(itemRow)) ?? [];
    return areFoldersDone ? [...folderRows, ...itemRows] : folderRows;
  }, [folders.data, items.data, areFoldersDone]);
  const next = areFoldersDone ? items : folders;
  const failed = [folders, items].find((query) => query.isEnabled && query.isError);
  return {
    rows,
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
