import type { Integration } from '@latchkey/contract/schemas/integration';
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { countOf } from '../../../lib/format.js';
import type { PreviewProgress } from './preview.js';
import { PreviewResult } from './preview-result.js';
import type { PreviewSettings } from './preview-text.js';
import { usePreview } from './use-preview.js';

/** What importing a picked manifest would do, before anything of it is sent. */
export function PreviewPanel({
  file,
  folderUuid,
  integration,
  settings,
}: {
  readonly file: File;
  readonly folderUuid: string;
  readonly integration: Integration | undefined;
  readonly settings: PreviewSettings;
}) {
  const [attempt, setAttempt] = useState(0);
  const { progress, preview, error } = usePreview(file, folderUuid, integration, attempt);
  if (!integration)
    return (
      <Text size="xs" c="dimmed">
        Choose an integration to see what the import would do.
      </Text>
    );
  return (
    <Stack gap="xs" role="group" aria-label={`Preview of ${file.name}`}>
      {error !== null && (
        <>
          <ErrorNotice error={error} title="The preview could not be made" />
          <Group>
            <Button size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
              Try the preview again
            </Button>
          </Group>
        </>
      )}
      {error === null && preview === null && <Reading file={file} progress={progress} />}
      {preview?.refusal && (
        <Alert color="red" role="alert" title="The server would refuse this file" p="xs">
          <Text size="sm">{preview.refusal}</Text>
        </Alert>
      )}
      {preview && !preview.refusal && (
        <PreviewResult preview={preview} settings={settings} integration={integration} />
      )}
    </Stack>
  );
}

function Reading({ file, progress }: { readonly file: File; readonly progress: PreviewProgress | null }) {
  const isPacked = /\.gz$/i.test(file.name);
  const share = progress && !isPacked ? (100 * progress.bytes) / Math.max(1, file.size) : 100;
  return (
    <>
      <Progress value={share} animated aria-label={`Reading ${file.name}`} />
      <Text size="xs" c="dimmed" role="status">
        Reading the manifest in this browser{progress && `: ${countOf(progress.units, 'file')} so far`}.
        Nothing is sent yet.
      </Text>
    </>
  );
}
