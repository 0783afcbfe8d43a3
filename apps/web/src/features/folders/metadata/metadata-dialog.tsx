import type { Item } from '@latchkey/contract/schemas/item';
import { Alert, Button, Group, List, Modal, MultiSelect, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { useEditMetadata } from '../../../components/storage/item-changes.js';
import { countOf } from '../../../lib/format.js';
import { changedCount, editEffects, keyCounts } from './metadata-counts.js';
import { SetKeysInput } from './set-keys-input.js';
import { useMetadataEdit } from './use-metadata-edit.js';

interface MetadataDialogProps {
  readonly items: readonly Item[];
  readonly onClose: () => void;
}

/** Sets and removes keys of the client metadata of all items given; says before what that does to how many. */
export function MetadataDialog({ items, onClose }: MetadataDialogProps) {
  const { text, setText, remove, setRemove, problem, edit } = useMetadataEdit();
  const counts = useMemo(() => keyCounts(items), [items]);
  const mutation = useEditMetadata();
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
        <SetKeysInput text={text} onChange={setText} problem={problem} />
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
