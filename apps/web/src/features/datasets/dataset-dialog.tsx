import { patchDataset } from '@latchkey/contract/routes/datasets';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { createDatasetOf, useDatasetMutation } from '../../components/datasets/dataset-queries.js';
import { NameDialog } from '../../components/storage/name-dialog.js';
import { transport } from '../../lib/api.js';

/** Creates a dataset, or changes one. */
export function DatasetDialog({
  dataset,
  onClose,
}: {
  /** Undefined: a new one. */
  readonly dataset?: Dataset;
  readonly onClose: () => void;
}) {
  const saving = useDatasetMutation(async ({ name, description }: { name: string; description: string }) => {
    const fields = { title: name, description };
    if (!dataset) await createDatasetOf(fields);
    else await transport.call(patchDataset, { params: { datasetUuid: dataset.datasetUuid }, body: fields });
  }, onClose);
  return (
    <NameDialog
      title={dataset ? 'Rename and describe dataset' : 'New dataset'}
      submitLabel={dataset ? 'Save' : 'Create'}
      initialName={dataset?.title ?? ''}
      initialDescription={dataset?.description ?? ''}
      onClose={onClose}
      onSubmit={(values) => saving.mutate(values)}
      isPending={saving.isPending}
      error={saving.error}
    />
  );
}
