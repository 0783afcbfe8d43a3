import type { Item } from '@latchkey/contract/schemas/item';
import { Alert, Button, Group, List, Modal, MultiSelect, Stack, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { type MetadataEdit, useEditMetadata } from '../../../components/storage/item-changes.js';
import { parseMetadata } from '../../../components/storage/metadata-text.js';
import { countOf } from '../../../lib/format.js';
import { useMetadataSchema } from '../../../lib/metadata-schema.js';
import { changedCount, editEffects, keyCounts } from './metadata-counts.js';

interface MetadataDialogProps {
  readonly items: readonly Item[];
  readonly onClose: () => void;
}

/** Sets and removes keys of the client metadata of all items given; says before what that does to how many. */
export function MetadataDialog({ items, onClose }: MetadataDialogProps) {
  const [text, setText] = useState('');
  const [remove, setRemove] = useState<readonly string[]>([]);
  const counts = useMemo(() => keyCounts(items), [items]);
  const mutation = useEditMetadata();
  const parsed = parseMetadata(text, useMetadataSchema().data);
  const problem = 'problem' in parsed ? parsed.problem : bothIn(parsed.value, remove);
  const edit: MetadataEdit | null =
    'value' in parsed && problem === null ? { set: parsed.value, remove } : null;
  const changed = edit ? changedCount(items, edit) : 0;
  const save = () => edit && mutation.mutate({ items, edit }, { onSuccess: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Client metadata of ${countOf(items.length, 'item')}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Textarea
          label="Keys to set"
          description="A JSON object. All other keys of the items stay as they are."
          placeholder={'{ "camera": "left", "reviewed": true }'}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={problem ?? undefined}
          data-autofocus
        />
        <MultiSelect
          label="Keys to remove"
          description={counts.size === 0 ? 'The items have no client metadata.' : undefined}
          disabled={counts.size === 0}
          searchable
          data={[...counts].map(([value, count]) => ({
            value,
            label: `${value} (${countOf(count, 'item')})`,
          }))}
          value={[...remove]}
          onChange={setRemove}
        />
        {edit && <Effects effects={editEffects(items, edit)} />}
        <ErrorNotice
          error={mutation.error}
          title="The client metadata was not changed, or not of all items"
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={save} loading={mutation.isPending} disabled={changed === 0}>
            Change {countOf(changed, 'item')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function bothIn(set: object, remove: readonly string[]): string | null {
  const both = remove.find((key) => Object.hasOwn(set, key));
  return both === undefined ? null : `The key "${both}" is set here and removed below. Take it out of one.`;
}

function Effects({ effects }: { readonly effects: readonly string[] }) {
  return (
    <div role="status">
      {effects.length > 0 && (
        <Alert variant="light" color="blue" title="What changes">
          <List size="sm">
            {effects.map((effect) => (
              <List.Item key={effect}>{effect}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </div>
  );
}
