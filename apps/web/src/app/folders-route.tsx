import { FoldersPage } from '../features/folders/folders-page.js';
import { ObjectDiagnosis } from '../features/items/failure/object-diagnosis.js';
import { UploadButton } from '../features/upload/upload-button.js';

export function FoldersRoute() {
  return (
    <FoldersPage
      uploadButton={(folder) => (
        <UploadButton folder={folder} showDiagnosis={(object) => <ObjectDiagnosis {...object} />} />
      )}
    />
  );
}
