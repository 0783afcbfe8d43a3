import { Group, Text } from '@mantine/core';
import {
  IconFileExport,
  IconFolderSymlink,
  IconStack2,
  IconStackPop,
  IconTags,
  IconTrash,
} from '@tabler/icons-react';
import { BarButton, ClearButton } from '../../../components/bar-button.js';
import type { MatchingAction } from './matching-action.js';

interface MatchingBarProps {
  readonly canEdit: boolean;
  readonly onClear: () => void;
  readonly onAction: (kind: MatchingAction) => void;
  readonly onExport: () => void;
}

/** What can be done with all items that the list shows, loaded or not. */
export function MatchingBar({ canEdit, onClear, onAction, onExport }: MatchingBarProps) {
  return (
    <Group gap="xs" role="status">
      <Text size="sm" fw={600}>
        All items that match are selected
      </Text>
      {canEdit && (
        <>
          <BarButton icon={IconFolderSymlink} onClick={() => onAction('move')}>
            Move
          </BarButton>
          <BarButton icon={IconTags} onClick={() => onAction('metadata')}>
            Edit metadata
          </BarButton>
          <BarButton icon={IconTrash} color="red" onClick={() => onAction('delete')}>
            Delete
          </BarButton>
        </>
      )}
      <BarButton icon={IconStack2} onClick={() => onAction('add-to-dataset')}>
        Add to dataset
      </BarButton>
      <BarButton icon={IconStackPop} onClick={() => onAction('remove-from-dataset')}>
        Take out of dataset
      </BarButton>
      <BarButton icon={IconFileExport} onClick={onExport}>
        Export
      </BarButton>
      <ClearButton onClick={onClear} />
    </Group>
  );
}
