import { Button, Group, Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ErrorNotice } from '../error-notice.js';
import { FolderTree } from './folder-tree.js';
import type { TreeSelection } from './folder-tree-context.js';

export interface FolderPickerDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** The folder, or null for the top level. */
  readonly onPick: (folder: TreeSelection) => void;
  readonly isPending: boolean;
  readonly error: unknown;
  /** Items always stay in a folder: only folders can go to the top level. */
  readonly isTopLevelAllowed: boolean;
  readonly disabledFolders?: ReadonlySet<string>;
  readonly openFolders?: readonly string[];
  /** How far a long move is. */
  readonly progress?: ReactNode;
}

/** Asks where to move something. Drawn only while it is open. */
export function FolderPickerDialog(props: FolderPickerDialogProps) {
  const [picked, setPicked] = useState<{ folder: TreeSelection; name: string }>();
  const isRefused = !picked || (picked.folder === null && !props.isTopLevelAllowed);
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <ScrollArea.Autosize mah={360} type="auto">
          <FolderTree
            label="Folders to move to"
            rootLabel="Top level"
            selected={picked?.folder}
            onSelect={(folder, name) => setPicked({ folder, name })}
            {...(props.openFolders && { openFolders: props.openFolders })}
            {...(props.disabledFolders && { disabledFolders: props.disabledFolders })}
          />
        </ScrollArea.Autosize>
        {picked?.folder === null && !props.isTopLevelAllowed && (
          <Text size="sm" c="dimmed" role="status">
            Items are always in a folder: choose one.
          </Text>
        )}
        {props.progress}
        <ErrorNotice error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {props.progress ? 'Stop' : 'Cancel'}
          </Button>
          <Button
            disabled={isRefused}
            loading={props.isPending}
            onClick={() => picked && props.onPick(picked.folder)}
          >
            {isRefused ? 'Move' : `Move to ${picked.name}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
