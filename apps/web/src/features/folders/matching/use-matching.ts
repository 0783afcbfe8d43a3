import { countMatchingItems, deleteMatchingItems, moveMatchingItems } from '@latchkey/contract/routes/items';
import type { MatchingStep } from '@latchkey/contract/schemas/item';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { afterRemoval } from '../../../components/storage/item-changes.js';
import { transport } from '../../../lib/api.js';
import { itemFilterOf, type Listing } from '../listing.js';

/** All items that a list shows, of which the page knows only the first. */
export interface Matching {
  readonly folderUuid: string;
  readonly listing: Listing;
}

/** Where they are moved to; null: they are deleted. */
type Target = string | null;

/** Counts the items, and then changes as many at most, some at a time, so that the change can be stopped. */
export function useMatching({ folderUuid, listing }: Matching) {
  const [filter] = useState(() => itemFilterOf(listing, Date.now()));
  const [changedCount, setChangedCount] = useState(0);
  const isStopped = useRef(false);
  const client = useQueryClient();
  const params = { folderUuid };
  const count = useQuery({
    queryKey: ['items', 'matching', folderUuid, filter],
    queryFn: ({ signal }) => transport.call(countMatchingItems, { params, query: filter, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const countedAt = count.data?.countedAt;
  useEffect(() => {
    isStopped.current = false;
    return () => {
      isStopped.current = true;
    };
  }, []);
  const step = (target: Target, createdBefore: string, pageToken?: string): Promise<MatchingStep> => {
    const body = { filter, createdBefore, ...(pageToken && { pageToken }) };
    return target === null
      ? transport.call(deleteMatchingItems, { params, body })
      : transport.call(moveMatchingItems, { params, body: { ...body, newParentUuid: target } });
  };
  const change = useMutation({
    mutationFn: async ({ target }: { readonly target: Target }) => {
      if (countedAt === undefined) return;
      let pageToken: string | undefined;
      do {
        const { itemsCount, nextPageToken } = await step(target, countedAt, pageToken);
        setChangedCount((total) => total + itemsCount);
        pageToken = nextPageToken ?? undefined;
      } while (pageToken !== undefined && !isStopped.current);
    },
    onSettled: () => afterRemoval(client),
  });
  return { count, change, changedCount };
}
