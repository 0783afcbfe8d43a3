import { Button, Group, Text } from '@mantine/core';
import { IconFileExport, IconFolderSymlink, IconTrash, IconX } from '@tabler/icons-react';

interface MatchingBarProps {
  readonly canEdit: boolean;
  readonly onClear: () => void;
  readonly onAction: (kind: 'move' | 'delete') => void;
  readonly onExport: () => void;
}

/** What can be done with all items that the list shows, loaded or not. */
export function MatchingBar({ canEdit, onClear, onAction, onExport }: MatchingBarProps) {
  const look = { size: 'compact-sm', variant: 'light' } as const;
  return (
    <Group gap="xs" role="status">
      <Text size="sm" fw={600}>
        All items that match are selected
      </Text>
      {canEdit && (
        <>
          <Button
            {...look}
            leftSection={<IconFolderSymlink size={16} aria-hidden />}
            onClick={() => onAction('move')}
          >
            Move
          </Button>
          <Button
            {...look}
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onAction('delete')}
          >
            Delete
          </Button>
        </>
      )}
      <Button {...look} leftSection={<IconFileExport size={16} aria-hidden />} onClick={onExport}>
        Export
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={16} aria-hidden />}
        onClick={onClear}
      >
        Clear
      </Button>
    </Group>
  );
}
