import { getDataset } from '@latchkey/contract/routes/datasets';
import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { canChange } from '../../components/datasets/dataset-queries.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { transport } from '../../lib/api.js';
import { focusFirst } from '../../lib/focus-first.js';
import { countOf } from '../../lib/format.js';
import { DatasetDialog } from './dataset-dialog.js';
import { DatasetItems } from './dataset-items.js';
import { type DatasetAction, DatasetMenu } from './datasets-table.js';
import { DeleteDatasetDialog } from './delete-dataset-dialog.js';
import { ShareDatasetDialog } from './share-dataset-dialog.js';

/** One dataset with its items. */
export function DatasetPage({ datasetUuid }: { readonly datasetUuid: string }) {
  const dataset = useQuery({
    queryKey: ['datasets', 'detail', datasetUuid],
    queryFn: ({ signal }) => transport.call(getDataset, { params: { datasetUuid }, signal }),
  });
  return (
    <>
      <Anchor component={Link} to="/datasets" size="sm">
        All datasets
      </Anchor>
      <ErrorNotice error={dataset.error} title="The dataset could not be loaded" />
      {dataset.isPending && <CenteredLoader label="Loading the dataset" />}
      {dataset.data && <LoadedDataset key={datasetUuid} dataset={dataset.data} />}
    </>
  );
}

function LoadedDataset({ dataset }: { readonly dataset: Dataset }) {
  const [action, setAction] = useState<DatasetAction | null>(null);
  const navigate = useNavigate();
  const isMine = canChange(dataset);
  const close = () => {
    setAction(null);
    focusFirst(`[data-actions="${dataset.datasetUuid}"]`);
  };
  return (
    <>
      <PageHeader
        title={dataset.title}
        description={[countOf(dataset.itemsCount, 'item'), dataset.description].filter(Boolean).join('. ')}
        actions={isMine && <DatasetMenu dataset={dataset} onAction={setAction} />}
      />
      <DatasetItems dataset={dataset} canEdit={isMine} />
      {action === 'edit' && <DatasetDialog dataset={dataset} onClose={close} />}
      {action === 'share' && <ShareDatasetDialog dataset={dataset} onClose={close} />}
      {action === 'delete' && (
        <DeleteDatasetDialog dataset={dataset} onClose={close} onDeleted={() => void navigate('/datasets')} />
      )}
    </>
  );
}
