import '@mantine/dropzone/styles.css';
import { Button, List, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { FileEntry, type ImportTarget } from './file-entry.js';
import { withAddedFiles } from './manifest-file.js';
import { cancelMeasuring } from './measure/measuring-of.js';

const accept = {
  'application/json': ['.json'],
  'application/x-ndjson': ['.ndjson', '.jsonl'],
  'application/gzip': ['.gz'],
  'text/csv': ['.csv', '.tsv'],
};

export function ManifestPicker({
  files,
  target,
  onChange,
}: {
  readonly files: readonly File[];
  readonly target: ImportTarget;
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
              target={target}
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
