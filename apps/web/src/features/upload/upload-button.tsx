import type { Folder } from '@latchkey/contract/schemas/folder';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { DiagnosisContext, type ShowDiagnosis } from './measure/diagnosis-context.js';

const UploadDialog = lazy(async () => ({ default: (await import('./upload-dialog.js')).UploadDialog }));

export function UploadButton({
  folder,
  showDiagnosis,
}: {
  readonly folder: Folder;
  readonly showDiagnosis: ShowDiagnosis;
}) {
  const [isOpen, setOpen] = useState(false);
  // Kept once it was open: what was chosen in it stays.
  const [wasOpened, setWasOpened] = useState(false);
  const open = () => {
    setWasOpened(true);
    setOpen(true);
  };
  return (
    <DiagnosisContext value={showDiagnosis}>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        Upload files
      </Button>
      {wasOpened && (
        <Suspense>
          <UploadDialog key={folder.uuid} folder={folder} opened={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </DiagnosisContext>
  );
}
