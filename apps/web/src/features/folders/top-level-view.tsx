import { Button, Group, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFolderPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.js';
import { Contents } from './contents.js';
import { NewFolderDialog } from './new-folder-dialog.js';

export function TopLevelView({ treeButton }: { readonly treeButton: ReactNode }) {
  const [isCreating, { open, close }] = useDisclosure(false);
  const newFolder = (
    <Button leftSection={<IconFolderPlus size={18} aria-hidden />} onClick={open}>
      New folder
    </Button>
  );
  return (
    <>
      <title>Files &amp; Folders - Latchkey</title>
      <Group justify="space-between">
        <Group>
          {treeButton}
          <Title order={1} size="h2">
            Files &amp; Folders
          </Title>
        </Group>
        {newFolder}
      </Group>
      <Contents
        folderUuid={null}
        canEdit
        whenEmpty={
          <EmptyState icon={<IconFolderPlus size={28} />} title="No folders yet" action={newFolder}>
            Everything that is registered is in a folder. Make one, then open it to import cloud data.
          </EmptyState>
        }
      />
      {isCreating && <NewFolderDialog parent={null} onClose={close} />}
    </>
  );
}
