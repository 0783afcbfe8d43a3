import { ActionIcon, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileText, IconX } from '@tabler/icons-react';
import { formatBytes } from '../../lib/format.js';
import { useIntegrations } from '../../lib/integrations.js';
import { useMaxManifestBytes } from '../../lib/server-limits.js';
import { manifestFileProblem } from './manifest-file.js';
import { MeasurePanel } from './measure/measure-panel.js';
import { PreviewPanel } from './preview/preview-panel.js';
import type { PreviewSettings } from './preview/preview-text.js';

/** Where the files are to go, and how. */
export interface ImportTarget extends PreviewSettings {
  readonly folderUuid: string;
  readonly integrationUuid: string | null;
}

/** One picked manifest: what importing it would do, and what it lacks. */
export function FileEntry({
  file,
  target,
  onRemove,
}: {
  readonly file: File;
  readonly target: ImportTarget;
  readonly onRemove: () => void;
}) {
  const integrations = useIntegrations();
  const integration = integrations.data?.find((each) => each.integrationUuid === target.integrationUuid);
  const problem = manifestFileProblem(file, useMaxManifestBytes());
  const Icon = problem === null ? IconFileText : IconAlertTriangle;
  return (
    <List.Item styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <Icon size={18} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" truncate title={file.name}>
              {file.name}
            </Text>
            <Text size="xs" c="dimmed">
              {formatBytes(file.size)}
            </Text>
            {problem !== null && (
              <Text size="xs" c="red" role="alert">
                Will not be imported. {problem}
              </Text>
            )}
          </div>
        </Group>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${file.name}`} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {problem === null && (
        <Stack gap="xs" mt={4} ml={26}>
          <PreviewPanel
            file={file}
            folderUuid={target.folderUuid}
            integration={integration}
            settings={target}
          />
          <MeasurePanel
            file={file}
            integrationUuid={target.integrationUuid}
            isStrict={integration?.strictClientOnly ?? false}
          />
        </Stack>
      )}
    </List.Item>
  );
}
