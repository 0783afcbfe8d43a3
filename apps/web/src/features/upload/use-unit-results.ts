import { listUnitResults } from '@latchkey/contract/routes/upload-jobs';
import type { UnitOutcome, UploadJob } from '@latchkey/contract/schemas/upload-job';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { transport } from '../../lib/api.js';

const pageSize = 100;
const refreshMilliseconds = 3000;

/** One page of the unit results of a job, in the order of the file, and the ways to the next and the one before. */
export function useUnitResults(job: UploadJob, outcomes: readonly UnitOutcome[]) {
  const filter = outcomes.join();
  // Tokens of the pages from the second to the one that is shown, of one filter.
  const [path, setPath] = useState({ filter, tokens: [] as readonly string[] });
  const tokens = path.filter === filter ? path.tokens : [];
  const pageToken = tokens.at(-1);
  const page = useQuery({
    queryKey: ['upload-jobs', job.uploadJobUuid, 'units', filter, pageToken],
    queryFn: ({ signal }) =>
      transport.call(listUnitResults, {
        params: { folderUuid: job.folderUuid, jobUuid: job.uploadJobUuid },
        query: { outcomes: [...outcomes], pageSize, pageToken },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: job.status === 'PENDING' ? refreshMilliseconds : false,
  });
  const nextToken = page.data?.nextPageToken ?? null;
  return {
    page,
    pageNumber: tokens.length + 1,
    showNext: nextToken === null ? null : () => setPath({ filter, tokens: [...tokens, nextToken] }),
    showPrevious: tokens.length === 0 ? null : () => setPath({ filter, tokens: tokens.slice(0, -1) }),
  };
}
