import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { transport } from './api.js';

const pollMilliseconds = 500;
const pollAfterErrorMilliseconds = 3000;

const jobKey = (jobUuid: string) => ['upload-jobs', jobUuid];

/** The job as it was when it was last read. */
export const knownJob = (client: QueryClient, jobUuid: string): UploadJob | undefined =>
  client.getQueryData<UploadJob>(jobKey(jobUuid));

export interface JobAddress {
  readonly folderUuid: string;
  readonly jobUuid: string;
}

/** A job as it stands, read again and again until it has finished. */
export function useUploadJob(params: JobAddress) {
  const client = useQueryClient();
  const job = useQuery({
    queryKey: jobKey(params.jobUuid),
    queryFn: ({ signal }) =>
      transport.call(getUploadJob, { params: { ...params }, query: { timeoutSeconds: 0 }, signal }),
    refetchInterval: ({ state }) => {
      if (state.data && state.data.status !== 'PENDING') return false;
      return state.error ? pollAfterErrorMilliseconds : pollMilliseconds;
    },
  });
  const isFinished = job.data !== undefined && job.data.status !== 'PENDING';
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

/** Whole percent of the units that are settled; null while the total is not known. */
export function percentSettled(job: UploadJob): number | null {
  const { unitsTotalCount: total, unitsPendingCount: pending } = job;
  return total === 0 ? null : Math.floor((100 * (total - pending)) / total);
}
