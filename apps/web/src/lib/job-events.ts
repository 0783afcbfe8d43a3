import { followUploadJob } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import type { JobAddress } from '@latchkey/sdk/job-address';
import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useEffectEvent } from 'react';
import { transport } from './api.js';

/** A browser has six connections to a server over HTTP/1.1, for all its pages. */
const connectionsAtMost = 2;
let connections = 0;

export interface JobEventHandlers {
  readonly onProgress: (job: UploadJob) => void;
  readonly onEnd: () => void;
  /** Whether events come. While they do not, the caller has to ask for the job. */
  readonly onLive: (isLive: boolean) => void;
}

/** Listens to a running job while the page is visible; to no more than the first few at a time. */
export function useJobEvents(address: JobAddress, isRunning: boolean, handlers: JobEventHandlers): void {
  const { folderUuid, jobUuid } = address;
  const isVisible = useDocumentVisibility() === 'visible';
  const onProgress = useEffectEvent(handlers.onProgress);
  const onEnd = useEffectEvent(handlers.onEnd);
  const onLive = useEffectEvent(handlers.onLive);
  useEffect(() => {
    if (!isRunning || !isVisible || connections >= connectionsAtMost) return;
    connections += 1;
    const source = new EventSource(transport.url(followUploadJob, { params: { folderUuid, jobUuid } }));
    source.addEventListener('progress', ({ data }) => {
      onLive(true);
      onProgress(JSON.parse(data) as UploadJob);
    });
    source.addEventListener('end', () => {
      source.close();
      onEnd();
    });
    // The browser connects again by itself where that can help.
    source.addEventListener('error', () => onLive(false));
    return () => {
      connections -= 1;
      source.close();
      onLive(false);
    };
  }, [folderUuid, jobUuid, isRunning, isVisible]);
}
