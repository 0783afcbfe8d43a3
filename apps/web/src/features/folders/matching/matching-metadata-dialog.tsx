import { editMatchingMetadata } from '@latchkey/contract/routes/items';
import { Button, Group, Modal, Stack, TagsInput, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { afterRemoval, type MetadataEdit } from '../../../components/storage/item-changes.js';
import { transport } from '../../../lib/api.js';
import { useMetadataSchema } from '../../../lib/metadata-schema.js';
import { SetKeysInput } from '../metadata/set-keys-input.js';
import { useMetadataEdit } from '../metadata/use-metadata-edit.js';
import type { MatchingDialogProps } from './matching-action.js';
import { MatchingEditOutcome, type MatchingEdits } from './matching-edit-outcome.js';
import { countText, MatchingProgress } from './matching-progress.js';
import { type Matching, useMatching } from './use-matching.js';

const noEdits: MatchingEdits = { changedCount: 0, failures: [] };

function useEditMatching(matching: Matching) {
  const client = useQueryClient();
  const [edits, setEdits] = useState(noEdits);
  const { change, ...rest } = useMatching(matching, () =>
    Promise.all([afterRemoval(client), client.invalidateQueries({ queryKey: ['items', 'history'] })]),
  );
  const params = { folderUuid: matching.folderUuid };
  const run = ({ set, remove }: MetadataEdit) => {
    setEdits(noEdits);
    change.mutate(async (body) => {
      const options = { params, body: { ...body, set, remove: [...remove] } };
      const step = await transport.call(editMatchingMetadata, options);
      setEdits(({ changedCount, failures }) => ({
        changedCount: changedCount + step.changedCount,
        failures: [...failures, ...step.failures],
      }));
      return step;
    });
  };
  return { ...rest, change, edits, run };
}

/** Sets and removes keys of the client metadata of all items that match, and says what could not be changed. */
export function MatchingMetadataDialog({ matching, onClose }: MatchingDialogProps) {
  const { count, change, doneCount, stop, edits, run } = useEditMatching(matching);
  const what = count.data ? countText(count.data) : 'all items that match';
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Client metadata of ${what}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {change.data ? (
        <MatchingEditOutcome
          {...edits}
          isWhole={change.data.isWhole}
          doneCount={doneCount}
          onClose={onClose}
        />
      ) : (
        <EditForm
          what={what}
          isBelowToo={matching.listing.isRecursive}
          isReady={count.data !== undefined && count.data.itemsCount > 0}
          isPending={change.isPending}
          error={count.error ?? change.error}
          progress={
            change.isPending &&
            count.data && <MatchingProgress done="edited" count={count.data} doneCount={doneCount} />
          }
          onSubmit={run}
          onCancel={change.isPending ? stop : onClose}
        />
      )}
    </Modal>
  );
}

interface EditFormProps {
  readonly what: string;
  readonly isBelowToo: boolean;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly progress: ReactNode;
  readonly onSubmit: (edit: MetadataEdit) => void;
  readonly onCancel: () => void;
}

function EditForm(props: EditFormProps) {
  const { text, setText, remove, setRemove, problem, edit } = useMetadataEdit();
  const schema = useMetadataSchema().data ?? {};
  const isEmpty = edit === null || (Object.keys(edit.set).length === 0 && edit.remove.length === 0);
  return (
    <Stack>
      <SetKeysInput text={text} onChange={setText} problem={problem} />
      <TagsInput
        label="Keys to remove"
        description="Taken away where they are."
        data={Object.keys(schema)}
        value={[...remove]}
        onChange={setRemove}
        acceptValueOnBlur
      />
      <Text size="sm">
        {props.isBelowToo
          ? 'All items that match here and in the folders below are changed'
          : 'All items that match in this folder are changed'}
        , also those that the list has not loaded yet. This cannot be undone.
      </Text>
      {props.progress}
      <ErrorNotice
        error={props.error}
        title="The client metadata was not changed, or not of all items. What was changed stays so; trying again changes the others."
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onCancel}>
          {props.isPending ? 'Stop' : 'Cancel'}
        </Button>
        <Button
          onClick={() => edit && props.onSubmit(edit)}
          loading={props.isPending}
          disabled={isEmpty || !props.isReady}
        >
          Change {props.what}
        </Button>
      </Group>
    </Stack>
  );
}
