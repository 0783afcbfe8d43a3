import type { Folder } from '@latchkey/contract/schemas/folder';
import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListTree } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { folderQuery } from '../../components/storage/folder-queries.js';
import { FolderTree } from '../../components/storage/folder-tree.js';
import { dropTarget } from './drag/dragged-rows.js';
import { FolderView } from './folder-view.js';
import classes from './folders.module.css';
import { TopLevelView } from './top-level-view.js';
import { useDropRows } from './use-move-rows.js';

export interface FoldersPageProps {
  readonly uploadButton: (folder: Folder) => ReactNode;
}

/** `/folders` and `/folders/:folderUuid`: the tree to the left, the contents to the right. */
export function FoldersPage({ uploadButton }: FoldersPageProps) {
  const folderUuid = useParams()['folderUuid'] ?? null;
  const [isTreeOpen, { open, close }] = useDisclosure(false);
  const treeButton = (
    <Button
      variant="default"
      size="xs"
      hiddenFrom="md"
      leftSection={<IconListTree size={16} aria-hidden />}
      onClick={open}
    >
      Folders
    </Button>
  );
  return (
    <div className={classes['page']}>
      <nav className={classes['side']} aria-label="Folders">
        <PageTree folderUuid={folderUuid} />
      </nav>
      <Drawer
        opened={isTreeOpen}
        onClose={close}
        title="Folders"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <PageTree folderUuid={folderUuid} onSelected={close} />
      </Drawer>
      <div className={classes['main']}>
        {folderUuid ? (
          <FolderView
            key={folderUuid}
            folderUuid={folderUuid}
            treeButton={treeButton}
            uploadButton={uploadButton}
          />
        ) : (
          <TopLevelView treeButton={treeButton} />
        )}
      </div>
    </div>
  );
}

function PageTree({ folderUuid, onSelected }: { folderUuid: string | null; onSelected?: () => void }) {
  const navigate = useNavigate();
  const drop = useDropRows();
  const folder = useQuery({ ...folderQuery(folderUuid ?? ''), enabled: folderUuid !== null });
  return (
    <FolderTree
      label="Folders"
      rootLabel="All folders"
      selected={folderUuid}
      openFolders={folder.data?.pathToRoot.map((element) => element.uuid) ?? []}
      dropHandlers={(target) => dropTarget(target, (rows) => drop(rows, target))}
      onSelect={(selected) => {
        void navigate(selected ? `/folders/${selected}` : '/folders');
        onSelected?.();
      }}
    />
  );
}
