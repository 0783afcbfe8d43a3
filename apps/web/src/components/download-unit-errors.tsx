import { downloadUnitErrors, downloadUnitErrorsNdjson } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { transport } from '../lib/api.js';

const routes = { csv: downloadUnitErrors, ndjson: downloadUnitErrorsNdjson } as const;

/** Downloads all failed units of a job, also those that no table shows. */
export function DownloadUnitErrors({
  job,
  label,
  format = 'csv',
}: {
  readonly job: UploadJob;
  readonly label: string;
  readonly format?: keyof typeof routes;
}) {
  const params = { folderUuid: job.folderUuid, jobUuid: job.uploadJobUuid };
  return (
    <Button
      component="a"
      href={transport.url(routes[format], { params })}
      download={`${job.fileName ?? 'import'}-errors.${format}`}
      variant="light"
      size="xs"
      leftSection={<IconDownload size={14} aria-hidden />}
    >
      {label}
    </Button>
  );
}
