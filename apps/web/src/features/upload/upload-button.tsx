import type { Folder } from '@latchkey/contract/schemas/folder';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { DiagnosisContext, type ShowDiagnosis } from './measure/diagnosis-context.js';
import { UploadDialog } from './upload-dialog.js';

export function UploadButton({
  folder,
  showDiagnosis,
}: {
  readonly folder: Folder;
  readonly showDiagnosis: ShowDiagnosis;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DiagnosisContext value={showDiagnosis}>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Upload files
      </Button>
      <UploadDialog key={folder.uuid} folder={folder} opened={isOpen} onClose={() => setOpen(false)} />
    </DiagnosisContext>
  );
}
