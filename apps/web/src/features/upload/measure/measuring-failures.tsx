import { ProbeError } from '@latchkey/probe/probe-error';
import { Box, Code, Stack, Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import { formatCount } from '../../../lib/format.js';
import { useDiagnosis } from './diagnosis-context.js';
import type { MeasuringFailure, MeasuringState } from './measuring.js';
import { objectPlaceText, reasonText } from './measuring-text.js';

/** Files that could not be measured, and the doctor's answer for each storage that does not give them. */
export function MeasuringFailures({ state }: { readonly state: MeasuringState }) {
  const { failed, failures, unread } = state;
  const showDiagnosis = useDiagnosis();
  if (failed === 0) return null;
  return (
    <Stack gap="xs">
      {unread.map((object) => (
        <Fragment key={object.objectUrl}>{showDiagnosis(object)}</Fragment>
      ))}
      <Box
        style={{ maxHeight: 240, overflow: 'auto' }}
        tabIndex={0}
        role="region"
        aria-label="Files not measured"
      >
        <Table striped fz="xs" stickyHeader aria-label="Files not measured">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Place</Table.Th>
              <Table.Th>Problem</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {failures.map((failure) => (
              <FailureRow key={objectPlaceText(failure.placed)} failure={failure} />
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      {failed > failures.length && (
        <Text size="xs" c="dimmed">
          and {formatCount(failed - failures.length)} more
        </Text>
      )}
    </Stack>
  );
}

function FailureRow({ failure: { placed, error } }: { readonly failure: MeasuringFailure }) {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td maw={220}>
        {objectPlaceText(placed)}
        {placed.unit.title !== null && (
          <Text size="xs" c="dimmed">
            {placed.unit.title}
          </Text>
        )}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text size="xs">{reasonText(error)}</Text>
        {error instanceof ProbeError && <Code fz={11}>{error.code}</Code>}
      </Table.Td>
    </Table.Tr>
  );
}
