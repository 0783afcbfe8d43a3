import type { BodyOf } from '@latchkey/contract/route';
import { countMatchingItems, type deleteMatchingItems } from '@latchkey/contract/routes/items';
import type { MatchingStep } from '@latchkey/contract/schemas/matching';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { transport } from '../../../lib/api.js';
import { itemFilterOf, type Listing } from '../listing.js';

/** All items that a list shows, of which the page knows only the first. */
export interface Matching {
  readonly folderUuid: string;
  readonly listing: Listing;
}

/** Changes the next items; `itemsCount`: as many are done with. */
export type MatchingChange = (body: BodyOf<typeof deleteMatchingItems>) => Promise<MatchingStep>;

/** Counts the items, and then changes as many at most, some at a time, so that the change can be stopped. */
export function useMatching({ folderUuid, listing }: Matching, forget: () => Promise<unknown>) {
  const [filter] = useState(() => itemFilterOf(listing, Date.now()));
  const [doneCount, setDoneCount] = useState(0);
  const isStopped = useRef(false);
  const count = useQuery({
    queryKey: ['items', 'matching', folderUuid, filter],
    queryFn: ({ signal }) =>
      transport.call(countMatchingItems, { params: { folderUuid }, query: filter, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const createdBefore = count.data?.countedAt;
  useEffect(
    () => () => {
      isStopped.current = true;
    },
    [],
  );
  const change = useMutation({
    mutationFn: async (next: MatchingChange) => {
      if (createdBefore === undefined) return;
      isStopped.current = false;
      setDoneCount(0);
      let pageToken: string | undefined;
      do {
        const step = await next({ filter, createdBefore, ...(pageToken && { pageToken }) });
        setDoneCount((total) => total + step.itemsCount);
        pageToken = step.nextPageToken ?? undefined;
      } while (pageToken !== undefined && !isStopped.current);
      return { isWhole: pageToken === undefined };
    },
    onSettled: forget,
  });
  const stop = () => {
    isStopped.current = true;
  };
  return { count, change, doneCount, stop };
}
