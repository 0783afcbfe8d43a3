import type { Item } from '@latchkey/contract/schemas/item';
import { Button, Code, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { usePatchItem } from '../../components/storage/item-changes.js';
import { parseMetadata, prettyMetadata } from '../../components/storage/metadata-text.js';
import { useMetadataSchema } from '../../lib/metadata-schema.js';

interface ClientMetadataProps {
  readonly item: Item;
  readonly canEdit: boolean;
}

export function ClientMetadata({ item, canEdit }: ClientMetadataProps) {
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) return <MetadataEditor item={item} onClose={() => setIsEditing(false)} />;
  const text = prettyMetadata(item.clientMetadata);
  return (
    <Stack gap="xs" align="start">
      {text === '{}' ? (
        <Text size="sm" c="dimmed">
          None.
        </Text>
      ) : (
        <Code block w="100%" tabIndex={0} style={{ maxHeight: 360, overflow: 'auto' }}>
          {text}
        </Code>
      )}
      {canEdit && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => setIsEditing(true)}
        >
          Edit client metadata
        </Button>
      )}
    </Stack>
  );
}

function MetadataEditor({ item, onClose }: { item: Item; onClose: () => void }) {
  const [text, setText] = useState(() => prettyMetadata(item.clientMetadata));
  const patch = usePatchItem();
  const parsed = parseMetadata(text, useMetadataSchema().data);
  const save = () => {
    if ('value' in parsed)
      patch.mutate({ item, patch: { clientMetadata: parsed.value } }, { onSuccess: onClose });
  };
  return (
    <Stack gap="xs">
      <Textarea
        aria-label="Client metadata as JSON"
        autosize
        minRows={6}
        maxRows={24}
        value={text}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        onChange={(event) => setText(event.currentTarget.value)}
        error={'problem' in parsed ? parsed.problem : undefined}
        data-autofocus
      />
      <ErrorNotice error={patch.error} />
      <Group gap="xs">
        <Button size="xs" onClick={save} loading={patch.isPending} disabled={'problem' in parsed}>
          Save
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
