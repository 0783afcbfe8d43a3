import { limits } from '@latchkey/contract/limits';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import type { Item } from '@latchkey/contract/schemas/item';
import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { countOf } from '../../lib/format.js';
import { CenteredLoader } from '../centered-loader.js';
import { ErrorNotice } from '../error-notice.js';
import {
  type AddedItems,
  addToDataset,
  canChange,
  createDatasetOf,
  useDatasetMutation,
  useDatasets,
} from './dataset-queries.js';

interface Props {
  readonly items: readonly Pick<Item, 'uuid'>[];
  readonly onClose: () => void;
}

/** Adds items to a dataset that there is, or to a new one. */
export function AddToDatasetDialog({ items, onClose }: Props) {
  const datasets = useDatasets();
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Add ${countOf(items.length, 'item')} to a dataset`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ErrorNotice error={datasets.error} title="The datasets could not be loaded" />
      {datasets.isPending && <CenteredLoader label="Loading the datasets" />}
      {datasets.data && (
        <AddForm datasets={datasets.data.filter(canChange)} items={items} onClose={onClose} />
      )}
    </Modal>
  );
}

const newOne = 'new';

function AddForm({ datasets, items, onClose }: Props & { readonly datasets: readonly Dataset[] }) {
  const [choice, setChoice] = useState(datasets[0]?.datasetUuid ?? newOne);
  const [title, setTitle] = useState('');
  const addition = useDatasetMutation(
    async () => {
      const datasetUuid = choice === newOne ? await createDatasetOf({ title: title.trim() }) : choice;
      // Trying again after a failure must not create a second one.
      setChoice(datasetUuid);
      return {
        datasetUuid,
        counts: await addToDataset(
          datasetUuid,
          items.map(({ uuid }) => uuid),
        ),
      };
    },
    () => undefined,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    addition.mutate();
  };
  if (addition.data) return <Outcome {...addition.data} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label="Dataset"
          data-autofocus
          searchable
          allowDeselect={false}
          nothingFoundMessage="No dataset has this in its title"
          data={[
            { value: newOne, label: 'A new dataset' },
            ...datasets.map((dataset) => ({ value: dataset.datasetUuid, label: dataset.title })),
          ]}
          value={choice}
          onChange={(value) => setChoice(value ?? newOne)}
        />
        {choice === newOne && (
          <TextInput
            label="Title of the new dataset"
            required
            maxLength={limits.titleLength}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
        <Text size="sm" c="dimmed">
          Items stay in their folders. An item may be in any number of datasets.
        </Text>
        <ErrorNotice error={addition.error} title="The items were not added" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={addition.isPending}
            disabled={choice === newOne && title.trim() === ''}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Outcome({
  datasetUuid,
  counts: { added, present },
  onClose,
}: {
  readonly datasetUuid: string;
  readonly counts: AddedItems;
  readonly onClose: () => void;
}) {
  return (
    <Stack>
      <Text role="status">
        {countOf(added, 'item was', 'items were')} added
        {present > 0 && `; ${countOf(present, 'was', 'were')} in the dataset already`}.
      </Text>
      <Group justify="space-between">
        <Anchor component={Link} to={`/datasets/${datasetUuid}`} underline="always" onClick={onClose}>
          Open the dataset
        </Anchor>
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
