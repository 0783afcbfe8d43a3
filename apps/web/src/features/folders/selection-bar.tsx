import { Button, Group, Text } from '@mantine/core';
import {
  IconFileExport,
  IconFolderSymlink,
  IconRefresh,
  IconStack2,
  IconTags,
  IconTrash,
} from '@tabler/icons-react';
import { BarButton, ClearButton } from '../../components/bar-button.js';
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
              <BarButton icon={IconFolderSymlink} onClick={() => onAction('move')}>
                Move
              </BarButton>
              {itemsOf(rows).length > 0 && (
                <>
                  <BarButton icon={IconTags} onClick={() => onAction('metadata')}>
                    Edit metadata
                  </BarButton>
                  <BarButton icon={IconRefresh} onClick={() => onAction('renew')}>
                    Renew
                  </BarButton>
                </>
              )}
              <BarButton icon={IconTrash} color="red" onClick={() => onAction('delete')}>
                Delete
              </BarButton>
            </>
          )}
          {itemsOf(rows).length > 0 && (
            <>
              <BarButton icon={IconStack2} onClick={() => onAction('dataset')}>
                Add to dataset
              </BarButton>
              <BarButton icon={IconFileExport} onClick={onExport}>
                Export
              </BarButton>
            </>
          )}
          <ClearButton onClick={onClear} />
        </Group>
      )}
    </div>
  );
}
