import '@mantine/dropzone/styles.css';
import { ActionIcon, Box, Button, Group, List, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconAlertTriangle, IconFileText, IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { formatBytes } from '../../lib/format.js';
import { useIntegrations } from '../../lib/integrations.js';
import { useMaxManifestBytes } from '../../lib/server-limits.js';
import { manifestFileProblem, withAddedFiles } from './manifest-file.js';
import { MeasurePanel } from './measure/measure-panel.js';
import { cancelMeasuring } from './measure/measuring-of.js';

const accept = {
  'application/json': ['.json'],
  'application/x-ndjson': ['.ndjson', '.jsonl'],
  'application/gzip': ['.gz'],
  'text/csv': ['.csv', '.tsv'],
};

export function ManifestPicker({
  files,
  integrationUuid,
  onChange,
}: {
  readonly files: readonly File[];
  readonly integrationUuid: string | null;
  readonly onChange: (files: readonly File[]) => void;
}) {
  const openPicker = useRef<() => void>(null);
  const add = (added: readonly File[]) => onChange(withAddedFiles(files, added));
  return (
    <Stack gap="xs">
      <Dropzone
        accept={accept}
        onDrop={() => {}}
        onDropAny={(accepted, rejected) => add([...accepted, ...rejected.map(({ file }) => file)])}
        openRef={openPicker}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        useFsAccessApi={false}
        tabIndex={-1}
        inputProps={{ 'aria-label': 'JSON, NDJSON or CSV files' }}
        p="lg"
      >
        <Stack align="center" gap="xs">
          <Text c="dimmed" size="sm">
            Drop the files here, or
          </Text>
          <Button
            variant="light"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => openPicker.current?.()}
          >
            Add JSON or CSV files
          </Button>
          <Text c="dimmed" size="xs" ta="center">
            JSON (.json), NDJSON with one file a line (.ndjson, .jsonl) or a table (.csv, .tsv); each also
            packed (.gz)
          </Text>
        </Stack>
      </Dropzone>
      {files.length > 0 && (
        <List listStyleType="none" spacing={6} aria-label="Files to import">
          {files.map((file) => (
            <FileEntry
              key={`${file.name}/${file.size}/${file.lastModified}`}
              file={file}
              integrationUuid={integrationUuid}
              onRemove={() => {
                cancelMeasuring(file);
                onChange(files.filter((other) => other !== file));
              }}
            />
          ))}
        </List>
      )}
    </Stack>
  );
}

function FileEntry({
  file,
  integrationUuid,
  onRemove,
}: {
  readonly file: File;
  readonly integrationUuid: string | null;
  readonly onRemove: () => void;
}) {
  const integrations = useIntegrations();
  const integration = integrations.data?.find((each) => each.integrationUuid === integrationUuid);
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
        <Box mt={4} ml={26}>
          <MeasurePanel
            file={file}
            integrationUuid={integrationUuid}
            isStrict={integration?.strictClientOnly ?? false}
          />
        </Box>
      )}
    </List.Item>
  );
}
