import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { cancelText } from '../../lib/job-text.js';

/** Cancels a running job, after asking in place. */
export function CancelJob({ job }: { readonly job: UploadJob }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const cancellation = useMutation({
    mutationFn: () =>
      transport.call(cancelUploadJob, {
        params: { folderUuid: job.folderUuid, jobUuid: job.uploadJobUuid },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['upload-jobs', job.uploadJobUuid] }),
  });
  if (!isAsking)
    return (
      <Button variant="default" size="xs" style={{ alignSelf: 'start' }} onClick={() => setAsking(true)}>
        Cancel the import
      </Button>
    );
  return (
    <Stack gap="xs" role="group" aria-label="Confirm to cancel">
      <Text size="sm">{cancelText(job)}</Text>
      <ErrorNotice error={cancellation.error} title="The import was not cancelled" />
      <Group>
        <Button size="xs" variant="default" autoFocus onClick={() => setAsking(false)}>
          Go on importing
        </Button>
        <Button size="xs" color="red" loading={cancellation.isPending} onClick={() => cancellation.mutate()}>
          Cancel the import
        </Button>
      </Group>
    </Stack>
  );
}
