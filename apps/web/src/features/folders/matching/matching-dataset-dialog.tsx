import { addMatchingToDataset, removeMatchingFromDataset } from '@latchkey/contract/routes/datasets';
import { useQueryClient } from '@tanstack/react-query';
import { addedText, addingHint } from '../../../components/datasets/add-to-dataset-dialog.js';
import { PickDatasetDialog } from '../../../components/datasets/pick-dataset-dialog.js';
import { transport } from '../../../lib/api.js';
import { countOf } from '../../../lib/format.js';
import type { MatchingDialogProps } from './matching-action.js';
import { countText, MatchingProgress } from './matching-progress.js';
import { type Matching, useMatching } from './use-matching.js';

/** Adds all items that match to a dataset, or takes them out of one. */
export function MatchingDatasetDialog(props: MatchingDialogProps & { readonly isRemoval: boolean }) {
  const { matching, isRemoval, onClose } = props;
  const { count, doneCount, stop, run } = useDatasetMatching(matching, isRemoval);
  const what = count.data ? countText(count.data) : 'all items that match';
  const done = isRemoval ? 'taken out' : 'added';
  return (
    <PickDatasetDialog
      title={isRemoval ? `Take ${what} out of a dataset` : `Add ${what} to a dataset`}
      action={isRemoval ? 'Take out' : 'Add'}
      hint={isRemoval ? 'Items stay in their folders.' : addingHint}
      failure={`Not all items were ${done}. Those that were stay so; trying again goes on with the others.`}
      isNewAllowed={!isRemoval}
      isReady={count.data !== undefined}
      run={run}
      progress={count.data && <MatchingProgress done={done} count={count.data} doneCount={doneCount} />}
      onStop={stop}
      onClose={onClose}
    />
  );
}

function useDatasetMatching(matching: Matching, isRemoval: boolean) {
  const client = useQueryClient();
  const { change, ...rest } = useMatching(matching, () =>
    client.invalidateQueries({ queryKey: ['items', 'detail'] }),
  );
  const route = isRemoval ? removeMatchingFromDataset : addMatchingToDataset;
  const run = async (datasetUuid: string): Promise<string> => {
    const totals = { items: 0, changed: 0 };
    const result = await change.mutateAsync(async (body) => {
      const options = { params: { datasetUuid }, body: { ...body, folderUuid: matching.folderUuid } };
      const step = await transport.call(route, options);
      totals.items += step.itemsCount;
      totals.changed += step.changedCount;
      return step;
    });
    const stopped = result?.isWhole === false ? 'Stopped. ' : '';
    const others = totals.items - totals.changed;
    return `${stopped}${isRemoval ? removedText(totals.changed, others) : addedText(totals.changed, others)}`;
  };
  return { ...rest, run };
}

const removedText = (removed: number, absent: number): string =>
  `${countOf(removed, 'item was', 'items were')} taken out${absent > 0 ? `; ${countOf(absent, 'was', 'were')} not in the dataset` : ''}.`;
