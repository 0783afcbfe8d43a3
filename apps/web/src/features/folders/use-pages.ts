import { listSubfolders, listTopLevelFolders, searchFolders } from '@latchkey/contract/routes/folders';
import { listItems, searchItems } from '@latchkey/contract/routes/items';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { transport } from '../../lib/api.js';
import { orgAccess } from '../../lib/session.js';
import { expiryQuery, isFiltered, type Listing } from './listing.js';

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

/** The end of the list from which its pages are read. */
export type ListEnd = 'first' | 'last';

export interface WantedPages {
  readonly folderUuid: string | null;
  readonly listing: Listing;
  readonly end: ListEnd;
  readonly isWanted: boolean;
}

function commonQuery({ search, isRecursive }: Listing) {
  return {
    pageSize,
    ...orgAccess(),
    ...(search && { search }),
    ...(isRecursive && { isRecursive }),
  };
}

/** Folders have no URL: where items are sorted by its expiry, folders are by name. */
const folderOrder = ({ order, desc }: Listing, end: ListEnd) =>
  order === 'expiresAt'
    ? { order: 'name' as const, desc: end === 'last' }
    : { order, desc: desc !== (end === 'last') };

export function useFolderPages({ folderUuid, listing, end, isWanted }: WantedPages) {
  return useInfiniteQuery({
    queryKey: ['folders', 'list', folderUuid, listing, end],
    ...firstPage,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...commonQuery(listing), ...folderOrder(listing, end), pageToken: pageParam };
      if (folderUuid) return transport.call(listSubfolders, { params: { folderUuid }, query, signal });
      const route = listing.isRecursive ? searchFolders : listTopLevelFolders;
      return transport.call(route, { query, signal });
    },
    getNextPageParam: nextPage,
    ...refetched,
    enabled:
      isWanted && listing.types.length === 0 && listing.expiry === null && listing.metadata.length === 0,
  });
}

export function useItemPages({ folderUuid, listing, end, isWanted }: WantedPages) {
  const { expiry } = listing;
  // One moment for all pages: the token of the next page belongs to the list as it was asked for.
  const expiryRange = useMemo(() => expiryQuery(expiry, Date.now()), [expiry]);
  return useInfiniteQuery({
    queryKey: ['items', 'list', folderUuid, listing, expiryRange, end],
    ...firstPage,
    queryFn: ({ pageParam, signal }) => {
      const itemTypes = listing.types.length > 0 ? { itemTypes: [...listing.types] } : {};
      const metadata = listing.metadata.length > 0 ? { metadata: [...listing.metadata] } : {};
      const query = {
        ...commonQuery(listing),
        order: listing.order,
        desc: listing.desc,
        ...(end === 'last' && { fromEnd: true }),
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
    enabled: isWanted && (folderUuid !== null || (listing.isRecursive && isFiltered(listing))),
  });
}
