import type { EditedMatching } from '@latchkey/contract/schemas/matching';
import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { countOf, formatCount } from '../../../lib/format.js';
import { saveFile } from '../../../lib/save-file.js';

/** What became of the items so far. */
export interface MatchingEdits {
  readonly changedCount: number;
  readonly failures: EditedMatching['failures'];
}

interface MatchingEditOutcomeProps extends MatchingEdits {
  /** False: it was stopped. */
  readonly isWhole: boolean;
  readonly doneCount: number;
  readonly onClose: () => void;
}

/** More are in the file. */
const shownFailures = 20;

/** How many items were changed, and which stay as they are and why. */
export function MatchingEditOutcome(props: MatchingEditOutcomeProps) {
  const { changedCount, failures, isWhole, doneCount, onClose } = props;
  const sameCount = doneCount - changedCount - failures.length;
  return (
    <Stack>
      <Text role="status">
        {!isWhole && 'Stopped. '}
        {countOf(changedCount, 'item was', 'items were')} changed
        {sameCount > 0 && `; ${countOf(sameCount, 'was', 'were')} so already`}
        {failures.length > 0 && `; ${countOf(failures.length, 'item stays', 'items stay')} as before`}.
      </Text>
      {failures.length > 0 && (
        <>
          <List size="sm">
            {failures.slice(0, shownFailures).map(({ itemUuid, message }) => (
              <List.Item key={itemUuid}>
                <Anchor component={Link} to={`/items/${itemUuid}`} underline="always" onClick={onClose}>
                  {itemUuid}
                </Anchor>
                : {message}
              </List.Item>
            ))}
          </List>
          {failures.length > shownFailures && (
            <Text size="sm">
              and {formatCount(failures.length - shownFailures)} more, which the file lists.
            </Text>
          )}
        </>
      )}
      <Group justify="flex-end">
        {failures.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveFile(tableOf(failures), 'items-not-changed.csv')}
          >
            Download the list
          </Button>
        )}
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

function tableOf(failures: MatchingEdits['failures']): Blob {
  const rows = failures.map(({ itemUuid, code, message }) => [itemUuid, code, message]);
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const text = [['itemUuid', 'code', 'message'], ...rows].map(line).join('\r\n');
  return new Blob([`${text}\r\n`], { type: 'text/csv' });
}
