import { Button, Group, Text } from '@mantine/core';
import { IconFileExport, IconFolderSymlink, IconRefresh, IconTrash, IconX } from '@tabler/icons-react';
import type { RowDialogKind } from './row-dialog.js';
import { describeRows, itemsOf, type Row } from './rows.js';

interface SelectionBarProps {
  readonly rows: readonly Row[];
  readonly canEdit: boolean;
  readonly onClear: () => void;
  readonly onAction: (kind: RowDialogKind) => void;
  readonly onExport: () => void;
  /** Null: the list has no more items than are loaded, or has only a part of them selected. */
  readonly onSelectMatching: (() => void) | null;
}

export function SelectionBar(props: SelectionBarProps) {
  const { rows, canEdit, onClear, onAction, onExport, onSelectMatching } = props;
  return (
    <div role="status">
      {rows.length > 0 && (
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {describeRows(rows)} selected
          </Text>
          {onSelectMatching && (
            <Button size="compact-sm" variant="subtle" onClick={onSelectMatching}>
              Select all items that match
            </Button>
          )}
          {canEdit && (
            <>
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<IconFolderSymlink size={16} aria-hidden />}
                onClick={() => onAction('move')}
              >
                Move
              </Button>
              {itemsOf(rows).length > 0 && (
                <Button
                  size="compact-sm"
                  variant="light"
                  leftSection={<IconRefresh size={16} aria-hidden />}
                  onClick={() => onAction('renew')}
                >
                  Renew
                </Button>
              )}
              <Button
                size="compact-sm"
                variant="light"
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => onAction('delete')}
              >
                Delete
              </Button>
            </>
          )}
          {itemsOf(rows).length > 0 && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconFileExport size={16} aria-hidden />}
              onClick={onExport}
            >
              Export
            </Button>
          )}
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
      )}
    </div>
  );
}
