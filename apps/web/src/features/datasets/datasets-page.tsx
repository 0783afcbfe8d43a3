import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { Button } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { useDatasets } from '../../components/datasets/dataset-queries.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { focusFirst } from '../../lib/focus-first.js';
import { DatasetDialog } from './dataset-dialog.js';
import { type DatasetAction, DatasetsTable } from './datasets-table.js';
import { DeleteDatasetDialog } from './delete-dataset-dialog.js';
import { ShareDatasetDialog } from './share-dataset-dialog.js';

const addButtonId = 'add-dataset';
const dialogs = { edit: DatasetDialog, share: ShareDatasetDialog, delete: DeleteDatasetDialog };

/** Picks of items from any folders. */
export function DatasetsPage() {
  const datasets = useDatasets();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ action: DatasetAction; dataset: Dataset } | null>(null);
  const Dialog = open && dialogs[open.action];
  const close = () => {
    setOpen(null);
    if (open) focusFirst(`[data-actions="${open.dataset.datasetUuid}"]`, `#${addButtonId}`);
  };
  return (
    <>
      <PageHeader
        title="Datasets"
        description="Picks of items from any folders. The items stay where they are, and an item may be in many datasets."
        actions={
          <Button
            id={addButtonId}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            New dataset
          </Button>
        }
      />
      <ErrorNotice error={datasets.error} title="The datasets could not be loaded" />
      {datasets.isPending && <CenteredLoader label="Loading the datasets" />}
      {datasets.data?.length === 0 && (
        <EmptyState icon={<IconStack2 size={28} />} title="No datasets yet">
          Create one here, or select items in Files &amp; Folders and add them to a new one.
        </EmptyState>
      )}
      {datasets.data && datasets.data.length > 0 && (
        <DatasetsTable
          datasets={datasets.data}
          onAction={(action, dataset) => setOpen({ action, dataset })}
        />
      )}
      {isAdding && <DatasetDialog onClose={() => setAdding(false)} />}
      {open && Dialog && <Dialog dataset={open.dataset} onClose={close} />}
    </>
  );
}
