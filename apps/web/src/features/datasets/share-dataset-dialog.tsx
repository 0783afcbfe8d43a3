import type { Dataset } from '@latchkey/contract/schemas/dataset';
import { SharingDialog } from '../../components/sharing/sharing-dialog.js';
import { datasetSharing } from './dataset-sharing.js';

export function ShareDatasetDialog({
  dataset: { datasetUuid, title },
  onClose,
}: {
  readonly dataset: Dataset;
  readonly onClose: () => void;
}) {
  return (
    <SharingDialog title={`Share ${title}`} sharing={datasetSharing(datasetUuid)} onClose={onClose}>
      Users see the dataset, and of its items those whose folders they may see; admins also change and share
      it.
    </SharingDialog>
  );
}
