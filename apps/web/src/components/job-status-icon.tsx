import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Loader } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconBan,
  IconCircleCheckFilled,
  IconCircleXFilled,
} from '@tabler/icons-react';
import { jobOutcomeText } from '../lib/job-text.js';

/** Spinner, tick, warning, cross or bar, each with its meaning as text for screen readers. */
export function JobStatusIcon({ job }: { readonly job: UploadJob }) {
  return (
    <span style={{ display: 'inline-flex', flexShrink: 0 }} title={jobOutcomeText(job)}>
      <StatusDrawing job={job} />
      <span className="visually-hidden">{jobOutcomeText(job)}</span>
    </span>
  );
}

function StatusDrawing({ job }: { readonly job: UploadJob }) {
  if (job.status === 'PENDING') return <Loader size={20} aria-hidden />;
  if (job.status === 'ERROR')
    return <IconCircleXFilled size={20} color="var(--mantine-color-red-7)" aria-hidden />;
  if (job.status === 'CANCELLED')
    return <IconBan size={20} color="var(--mantine-color-gray-6)" aria-hidden />;
  return job.unitsErrorCount > 0 ? (
    <IconAlertTriangleFilled size={20} color="var(--mantine-color-orange-6)" aria-hidden />
  ) : (
    <IconCircleCheckFilled size={20} color="var(--mantine-color-green-7)" aria-hidden />
  );
}
