import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob, UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import type { JobAddress } from '@latchkey/sdk/job-address';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { transport } from './api.js';
import { useJobEvents } from './job-events.js';

const pollMilliseconds = 500;
const pollAfterErrorMilliseconds = 3000;
/** While events come, in case that they end without a word. */
const pollWhileLiveMilliseconds = 15_000;

const jobKey = (jobUuid: string) => ['upload-jobs', jobUuid];

/** The job as it was when it was last read. */
export const knownJob = (client: QueryClient, jobUuid: string): UploadJob | undefined =>
  client.getQueryData<UploadJob>(jobKey(jobUuid));

const isRunning = (job: UploadJob | undefined): boolean => job?.status === 'PENDING';

/** A job as it stands: as the server tells of it, or else read again and again, until it has finished. */
export function useUploadJob(params: JobAddress) {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  const queryKey = jobKey(params.jobUuid);
  const job = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      transport.call(getUploadJob, { params: { ...params }, query: { timeoutSeconds: 0 }, signal }),
    refetchInterval: ({ state }) => {
      if (state.data && !isRunning(state.data)) return false;
      if (isLive) return pollWhileLiveMilliseconds;
      return state.error ? pollAfterErrorMilliseconds : pollMilliseconds;
    },
  });
  useJobEvents(params, isRunning(job.data), {
    onProgress: (state) =>
      client.setQueryData<UploadJobResult>(queryKey, (before) => before && { ...before, ...state }),
    onEnd: () => void client.invalidateQueries({ queryKey }),
    onLive: setLive,
  });
  const isFinished = job.data !== undefined && !isRunning(job.data);
  useEffect(() => {
    if (isFinished) void refreshAfterJob(client);
  }, [isFinished, client]);
  return job;
}

/** What a finished job may have changed: folders, items, counts of integrations, and the hosts of data. */
export async function refreshAfterJob(client: QueryClient): Promise<void> {
  await Promise.all(
    ['folders', 'items', 'integrations', 'notifications', 'session'].map((key) =>
      client.invalidateQueries({ queryKey: [key] }),
    ),
  );
}
