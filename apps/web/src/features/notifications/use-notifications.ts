import type { ResponseOf } from '@latchkey/contract/route';
import { listNotifications, markNotificationsRead } from '@latchkey/contract/routes/notifications';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { transport } from '../../lib/api.js';
import { refreshAfterJob } from '../../lib/upload-jobs.js';

export type NotificationEntry = ResponseOf<typeof listNotifications>['results'][number];

const pollMilliseconds = 5000;
const pollWhileRunningMilliseconds = 1000;
const isRunning = ({ uploadJob }: NotificationEntry) => uploadJob?.status === 'PENDING';

/** The notifications, newest first; read more often while a job runs. */
export function useNotifications() {
  const query = useInfiniteQuery({
    queryKey: ['notifications'],
    queryFn: ({ pageParam, signal }) =>
      transport.call(listNotifications, { query: { pageSize: 20, pageToken: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ results }) => results.some(isRunning))
        ? pollWhileRunningMilliseconds
        : pollMilliseconds,
  });
  const entries = query.data?.pages.flatMap(({ results }) => results) ?? [];
  useRefreshWhenJobsFinish(entries);
  return { query, entries, unreadCount: query.data?.pages[0]?.unreadCount ?? 0 };
}

/** Folders and items change when a job finishes, also when its dialog is closed. */
function useRefreshWhenJobsFinish(entries: readonly NotificationEntry[]): void {
  const client = useQueryClient();
  const wasRunning = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const running = new Set(entries.filter(isRunning).map(({ uuid }) => uuid));
    const hasFinished = entries.some((entry) => wasRunning.current.has(entry.uuid) && !isRunning(entry));
    wasRunning.current = running;
    if (hasFinished) void refreshAfterJob(client);
  }, [entries, client]);
}

export function useMarkAllRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => transport.call(markNotificationsRead, { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  });
}
