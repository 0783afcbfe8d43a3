import { Button, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { childFoldersQuery } from './folder-queries.js';
import classes from './folder-tree.module.css';
import { useFolderTree } from './folder-tree-context.js';
import { FolderTreeRow } from './folder-tree-row.js';

interface FolderTreeLevelProps {
  readonly parent: string | null;
  readonly level: number;
}

/** The sub-folders of one folder, with what is open below them. */
export function FolderTreeLevel({ parent, level }: FolderTreeLevelProps) {
  const children = useInfiniteQuery(childFoldersQuery(parent));
  const note = { '--level': level } as CSSProperties;
  if (children.isPending)
    return (
      <div className={classes['note']} style={note}>
        <Loader size="xs" aria-label="Loading folders" />
      </div>
    );
  return (
    <>
      {children.data?.pages.flatMap((page) =>
        page.results.map((folder) => (
          <FolderTreeNode key={folder.uuid} uuid={folder.uuid} name={folder.name} level={level} />
        )),
      )}
      {(children.hasNextPage || children.isError) && (
        <div className={classes['note']} style={note}>
          {children.isError && (
            <Text size="xs" c="red" role="alert">
              {children.error.message}
            </Text>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            loading={children.isFetching}
            onClick={() => void (children.hasNextPage ? children.fetchNextPage() : children.refetch())}
          >
            {children.isError ? 'Try again' : 'More folders'}
          </Button>
        </div>
      )}
    </>
  );
}

function FolderTreeNode({ uuid, name, level }: { uuid: string; name: string; level: number }) {
  const { isOpen, disabledFolders } = useFolderTree();
  const isExpanded = isOpen(uuid) && !disabledFolders.has(uuid);
  const children = useInfiniteQuery({ ...childFoldersQuery(uuid), enabled: isExpanded });
  const isLeaf = children.data?.pages[0]?.results.length === 0;
  return (
    <>
      <FolderTreeRow uuid={uuid} name={name} level={level} isExpanded={isLeaf ? null : isExpanded} />
      {isExpanded && !isLeaf && <FolderTreeLevel parent={uuid} level={level + 1} />}
    </>
  );
}
