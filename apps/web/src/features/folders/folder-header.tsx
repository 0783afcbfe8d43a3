import type { Folder } from '@latchkey/contract/schemas/folder';
import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { folderSummaryQuery } from '../../components/storage/folder-queries.js';
import { ExpiryBadges } from './expiry-badges.js';
import { FolderActions } from './folder-actions.js';
import classes from './folders.module.css';
import { summaryParts } from './summary-text.js';

interface FolderHeaderProps {
  readonly folder: Folder;
  readonly treeButton: ReactNode;
  readonly upload: ReactNode;
}

/** Where the folder is, what it is, how much is in it, and what can be done with it. */
export function FolderHeader({ folder, treeButton, upload }: FolderHeaderProps) {
  return (
    <header>
      <title>{`${folder.name} - Latchkey`}</title>
      <Group gap="sm" mb={4}>
        {treeButton}
        <nav aria-label="Breadcrumb">
          <Breadcrumbs className={classes['breadcrumbs'] ?? ''} separatorMargin={6}>
            <Anchor component={Link} to="/folders" size="sm">
              All folders
            </Anchor>
            {folder.pathToRoot
              .filter((element) => element.uuid !== folder.uuid)
              .reverse()
              .map((element) => (
                <Anchor
                  key={element.uuid}
                  component={Link}
                  to={`/folders/${element.uuid}`}
                  size="sm"
                  className={classes['breadcrumb'] ?? ''}
                  title={element.name}
                >
                  {element.name}
                </Anchor>
              ))}
            <Text size="sm" c="dimmed" className={classes['breadcrumb'] ?? ''} aria-current="page">
              {folder.name}
            </Text>
          </Breadcrumbs>
        </nav>
      </Group>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            {folder.name}
          </Title>
          {folder.description && (
            <Text c="dimmed" size="sm" lineClamp={3} style={{ whiteSpace: 'pre-line' }}>
              {folder.description}
            </Text>
          )}
        </div>
        <Group gap="xs">
          <FolderActions folder={folder} />
          {upload}
        </Group>
      </Group>
      <FolderCounts folderUuid={folder.uuid} />
    </header>
  );
}

function FolderCounts({ folderUuid }: { folderUuid: string }) {
  const summary = useQuery(folderSummaryQuery(folderUuid));
  return (
    // One line for both, so that nothing below moves when the counts arrive.
    <Group gap="xs" mih={24} mt={4}>
      <Text size="sm" c="dimmed">
        {summary.data && summaryParts(summary.data).join(' · ')}
        {summary.isError && 'The counts could not be loaded.'}
      </Text>
      {summary.data && <ExpiryBadges summary={summary.data} />}
    </Group>
  );
}
