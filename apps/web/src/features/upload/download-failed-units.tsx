import { downloadFailedUnits } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Button } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { saveFile } from '../../lib/save-file.js';

/** A manifest comes back in the form in which it was sent. */
const fileEndings: Readonly<Record<string, string>> = { 'application/x-ndjson': 'ndjson', 'text/csv': 'csv' };

/** Downloads of one job share their mutation key, so that the page can show why one was refused. */
export const failedUnitsKey = (job: UploadJob) => ['failed-units', job.uploadJobUuid];

/** A manifest of the units that failed. Read by the page and not by a link, so that a refusal is a message. */
export function DownloadFailedUnits({
  job,
  includeCancelled = false,
  label,
}: {
  readonly job: UploadJob;
  readonly includeCancelled?: boolean;
  readonly label: string;
}) {
  const download = useMutation({
    mutationKey: failedUnitsKey(job),
    mutationFn: async () => {
      const params = { folderUuid: job.folderUuid, jobUuid: job.uploadJobUuid };
      const response = await transport.open(downloadFailedUnits, { params, query: { includeCancelled } });
      const type = response.headers.get('content-type')?.split(';')[0] ?? '';
      const name = `${includeCancelled ? 'unregistered' : 'failed'}-units-${job.uploadJobUuid}`;
      saveFile(await response.blob(), `${name}.${fileEndings[type] ?? 'json'}`);
    },
  });
  return (
    <Button
      variant="light"
      size="xs"
      leftSection={<IconFileDownload size={14} aria-hidden />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {label}
    </Button>
  );
}
