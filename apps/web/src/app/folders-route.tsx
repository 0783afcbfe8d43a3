import { lazy, Suspense } from 'react';
import { FoldersPage } from '../features/folders/folders-page.js';
import { UploadButton } from '../features/upload/upload-button.js';

const ObjectDiagnosis = lazy(async () => ({
  default: (await import('../features/items/failure/object-diagnosis.js')).ObjectDiagnosis,
}));

export function FoldersRoute() {
  return (
    <FoldersPage
      uploadButton={(folder) => (
        <UploadButton
          folder={folder}
          showDiagnosis={(object) => (
            <Suspense>
              <ObjectDiagnosis {...object} />
            </Suspense>
          )}
        />
      )}
    />
  );
}
