import { limits } from '@latchkey/contract/limits';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { CenteredLoader } from '../centered-loader.js';
import { ErrorNotice } from '../error-notice.js';
import { canChange, createDatasetOf, useDatasetMutation, useDatasets } from './dataset-queries.js';

export interface PickDatasetDialogProps {
  readonly title: string;
  /** `Add`. */
  readonly action: string;
  readonly hint: string;
  readonly failure: string;
  /** Also a new dataset may be picked, which is created before. */
  readonly isNewAllowed: boolean;
  /** False: what it needs is not known yet. */
  readonly isReady?: boolean;
  /** What is done with the dataset; answers the sentence that says what became of it. */
  readonly run: (datasetUuid: string) => Promise<string>;
  readonly progress?: ReactNode;
  /** Ends what is being done, so that `run` answers; without it that goes on until it is through. */
  readonly onStop?: () => void;
  readonly onClose: () => void;
}

/** Asks for a dataset of those that the user may change, does something with it, and says what became of that. */
export function PickDatasetDialog(props: PickDatasetDialogProps) {
  const datasets = useDatasets();
  const changeable = datasets.data?.filter(canChange);
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ErrorNotice error={datasets.error} title="The datasets could not be loaded" />
      {datasets.isPending && <CenteredLoader label="Loading the datasets" />}
      {changeable && (changeable.length > 0 || props.isNewAllowed) && (
        <PickForm {...props} datasets={changeable} />
      )}
      {changeable?.length === 0 && !props.isNewAllowed && (
        <Text>There is no dataset that you administer.</Text>
      )}
    </Modal>
  );
}

const newOne = 'new';

function PickForm(props: PickDatasetDialogProps & { readonly datasets: readonly Dataset[] }) {
  const { datasets, run, isNewAllowed, isReady = true, onStop, onClose } = props;
  const [choice, setChoice] = useState(datasets[0]?.datasetUuid ?? newOne);
  const [title, setTitle] = useState('');
  const change = useDatasetMutation(
    async () => {
      const datasetUuid = choice === newOne ? await createDatasetOf({ title: title.trim() }) : choice;
      // Trying again after a failure must not create a second one.
      setChoice(datasetUuid);
      return { datasetUuid, outcome: await run(datasetUuid) };
    },
    () => undefined,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  if (change.data) return <Outcome {...change.data} onClose={onClose} />;
  const isStoppable = change.isPending && onStop;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label="Dataset"
          data-autofocus
          searchable
          openOnFocus={false}
          allowDeselect={false}
          nothingFoundMessage="No dataset has this in its title"
          data={[
            ...(isNewAllowed ? [{ value: newOne, label: 'A new dataset' }] : []),
            ...datasets.map((dataset) => ({ value: dataset.datasetUuid, label: dataset.title })),
          ]}
          value={choice}
          onChange={(value) => value !== null && setChoice(value)}
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
          {props.hint}
        </Text>
        {change.isPending && props.progress}
        <ErrorNotice error={change.error} title={props.failure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={isStoppable ? onStop : onClose}>
            {isStoppable ? 'Stop' : 'Cancel'}
          </Button>
          <Button
            type="submit"
            loading={change.isPending}
            disabled={!isReady || (choice === newOne && title.trim() === '')}
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OutcomeProps {
  readonly datasetUuid: string;
  readonly outcome: string;
  readonly onClose: () => void;
}

function Outcome({ datasetUuid, outcome, onClose }: OutcomeProps) {
  return (
    <Stack>
      <Text role="status">{outcome}</Text>
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
