import type { Item } from '@latchkey/contract/schemas/item';
import { countOf } from '../../lib/format.js';
import { addToDataset } from './dataset-queries.js';
import { PickDatasetDialog } from './pick-dataset-dialog.js';

interface Props {
  readonly items: readonly Pick<Item, 'uuid'>[];
  readonly onClose: () => void;
}

/** Adds items to a dataset that there is, or to a new one. */
export function AddToDatasetDialog({ items, onClose }: Props) {
  const add = async (datasetUuid: string) => {
    const { added, present } = await addToDataset(
      datasetUuid,
      items.map(({ uuid }) => uuid),
    );
    return addedText(added, present);
  };
  return (
    <PickDatasetDialog
      title={`Add ${countOf(items.length, 'item')} to a dataset`}
      action="Add"
      hint={addingHint}
      failure="The items were not added"
      isNewAllowed
      run={add}
      onClose={onClose}
    />
  );
}

export const addingHint = 'Items stay in their folders. An item may be in any number of datasets.';

export const addedText = (added: number, present: number): string =>
  `${countOf(added, 'item was', 'items were')} added${present > 0 ? `; ${countOf(present, 'was', 'were')} in the dataset already` : ''}.`;
