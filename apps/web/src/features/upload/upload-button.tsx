import type { Folder } from '@latchkey/contract/schemas/folder';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { UploadDialog } from './upload-dialog.js';

export function UploadButton({ folder }: { readonly folder: Folder }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Upload files
      </Button>
      <UploadDialog key={folder.uuid} folder={folder} opened={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
