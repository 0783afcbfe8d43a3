import type { Folder } from '@latchkey/contract/schemas/folder';
import { folderSharing } from './folder-sharing.js';
import { SharingDialog } from './sharing-dialog.js';

export function ShareFolderDialog({
  folder: { uuid, name },
  onClose,
}: {
  readonly folder: Folder;
  readonly onClose: () => void;
}) {
  return (
    <SharingDialog title={`Share ${name}`} sharing={folderSharing(uuid)} onClose={onClose}>
      Viewers look; editors also import, change, move and delete what is in the folder; admins also share,
      move and delete it. All of it holds for the folders below as well.
    </SharingDialog>
  );
}
