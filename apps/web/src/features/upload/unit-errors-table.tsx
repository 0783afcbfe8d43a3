import type { UnitError } from '@latchkey/contract/schemas/upload-job';
import { Box, Code, Table, Text } from '@mantine/core';
import { formatCount } from '../../lib/format.js';
import { placeText } from '../../lib/job-text.js';

const shownAtMost = 100;

type ShownError = Omit<UnitError, 'subtaskUuid' | 'actionDescription'>;

/** The first failed units; `total` tells how many there are, `more` where the others are. */
export function UnitErrorsTable({
  unitErrors,
  total,
  more = 'the downloads have all of them',
}: {
  readonly unitErrors: readonly ShownError[];
  readonly total: number;
  readonly more?: string;
}) {
  const shown = unitErrors.slice(0, shownAtMost);
  return (
    <>
      <Box style={{ maxHeight: 320, overflow: 'auto' }} tabIndex={0} role="region" aria-label="Failed files">
        <Table striped fz="xs" stickyHeader aria-label="Failed files">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Place</Table.Th>
              <Table.Th>File</Table.Th>
              <Table.Th>Problem</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((unitError, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a unit may have several errors, and the list only grows.
              <UnitErrorRow key={index} unitError={unitError} />
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      {total > shown.length && (
        <Text size="xs" c="dimmed">
          and {formatCount(total - shown.length)} more; {more}
        </Text>
      )}
    </>
  );
}

function UnitErrorRow({ unitError }: { readonly unitError: ShownError }) {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td maw={200} style={{ overflowWrap: 'anywhere' }}>
        {placeText(unitError.place)}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }} miw={160}>
        {unitError.title !== null && <Text size="xs">{unitError.title}</Text>}
        {unitError.objectUrls.slice(0, 3).map((url) => (
          <Text key={url} size="xs" c="dimmed">
            {url}
          </Text>
        ))}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }} miw={200}>
        <Text size="xs">{unitError.error}</Text>
        {!unitError.error.includes(unitError.hint) && <Text size="xs">{unitError.hint}</Text>}
        <Code fz={11}>{unitError.code}</Code>
      </Table.Td>
    </Table.Tr>
  );
}
