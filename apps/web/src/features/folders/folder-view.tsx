import type { Folder } from '@latchkey/contract/schemas/folder';
import { Button, Group, Loader } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { folderQuery } from '../../components/storage/folder-queries.js';
import { Contents } from './contents.js';
import { FolderHeader } from './folder-header.js';

export interface FolderViewProps {
  readonly folderUuid: string;
  readonly treeButton: ReactNode;
  readonly uploadButton: (folder: Folder) => ReactNode;
}

export function FolderView({ folderUuid, treeButton, uploadButton }: FolderViewProps) {
  const folder = useQuery(folderQuery(folderUuid));
  if (folder.isPending) return <Loader aria-label="Loading the folder" />;
  if (!folder.data)
    return (
      <>
        <PageHeader title="The folder cannot be shown" />
        <ErrorNotice error={folder.error} />
        <Group>
          {treeButton}
          <Button component={Link} to="/folders" variant="default">
            All folders
          </Button>
        </Group>
      </>
    );
  const canEdit = folder.data.folderRole !== 'viewer';
  return (
    <>
      <FolderHeader
        folder={folder.data}
        treeButton={treeButton}
        upload={canEdit && uploadButton(folder.data)}
      />
      <Contents
        folderUuid={folderUuid}
        canEdit={canEdit}
        whenEmpty={
          <EmptyState icon={<IconCloudDownload size={28} />} title="This folder is empty">
            {canEdit && <>Import cloud data with &ldquo;Upload files&rdquo;, or make a sub-folder.</>}
          </EmptyState>
        }
      />
    </>
  );
}
