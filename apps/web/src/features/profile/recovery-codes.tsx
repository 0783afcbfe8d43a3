import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconDownload, IconInfoCircle } from '@tabler/icons-react';
import { saveFile } from '../../lib/save-file.js';

/** Codes that were just made, with ways to keep them. */
export function RecoveryCodes({
  codes,
  onClose,
}: {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}) {
  const clipboard = useClipboard({ timeout: 3000 });
  const text = `${codes.join('\n')}\n`;
  return (
    <Stack>
      <Alert icon={<IconInfoCircle aria-hidden />} role="status">
        <Text size="sm">
          Keep these recovery codes where you find them without your device. Each signs you in once in the
          place of a code. They are not shown again.
        </Text>
      </Alert>
      <Code block tabIndex={0} role="region" aria-label="Recovery codes" style={{ columns: 2 }}>
        {codes.join('\n')}
      </Code>
      {clipboard.error && (
        <Text size="sm" role="alert">
          The browser does not allow copying here: select the codes and copy them yourself.
        </Text>
      )}
      <Group justify="flex-end">
        <Button
          variant="light"
          leftSection={
            clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
          onClick={() => clipboard.copy(text)}
        >
          <span aria-live="polite">{clipboard.copied ? 'Copied' : 'Copy'}</span>
        </Button>
        <Button
          variant="light"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), 'latchkey-recovery-codes.txt')}
        >
          Save
        </Button>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
