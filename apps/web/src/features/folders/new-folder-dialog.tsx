import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { useCreateFolder } from '../../components/storage/folder-changes.js';
import { useReturnFocus } from '../../lib/use-return-focus.js';

const NameDialog = lazy(async () => ({
  default: (await import('../../components/storage/name-dialog.js')).NameDialog,
}));

export function NewFolderDialog({ parent, onClose }: { parent: string | null; onClose: () => void }) {
  useReturnFocus();
  const create = useCreateFolder();
  const navigate = useNavigate();
  return (
    <Suspense>
      <NameDialog
        title="New folder"
        submitLabel="Create"
        initialDescription=""
        onClose={onClose}
        isPending={create.isPending}
        error={create.error}
        onSubmit={({ name, description }) =>
          create.mutate(
            { name, parent, ...(description && { description }) },
            {
              onSuccess: (folder) => {
                onClose();
                void navigate(`/folders/${folder.uuid}`);
              },
            },
          )
        }
      />
    </Suspense>
  );
}
