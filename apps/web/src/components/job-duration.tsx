import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { formatElapsed } from '../lib/format.js';
import { useNow } from '../lib/use-now.js';

/** `running for 12 s`, `took 3 min 5 s`. */
export function JobDuration({ job }: { readonly job: UploadJob }) {
  const now = useNow(1000);
  const end = job.finishedAt === null ? now : Date.parse(job.finishedAt);
  return `${job.finishedAt === null ? 'running for' : 'took'} ${formatElapsed(end - Date.parse(job.createdAt))}`;
}
