import { Button, Group, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** A text to copy. Browsers refuse the clipboard on pages without HTTPS; then it can be selected by hand. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const clipboard = useClipboard({ timeout: 3000 });
  return (
    <Group align="flex-end" wrap="nowrap">
      <TextInput
        label={label}
        readOnly
        value={value}
        error={
          clipboard.error && 'The browser does not allow copying here: select the text and copy it yourself.'
        }
        onFocus={(event) => event.currentTarget.select()}
        style={{ flex: 1 }}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <Button
        variant="light"
        leftSection={
          clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
        }
        onClick={() => clipboard.copy(value)}
      >
        <span aria-live="polite">{clipboard.copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </Group>
  );
}
