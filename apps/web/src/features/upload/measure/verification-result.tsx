import { Alert, Box, Table, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { countOf } from '../../../lib/format.js';
import { objectPlaceText, reasonText } from './measuring-text.js';
import type { Finding, Verification } from './verify-sample.js';

const shown = (value: unknown): string =>
  value === undefined || value === null
    ? 'nothing'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** What a sample of the manifest's claims came to. */
export function VerificationResult({
  verification: { checked, findings },
}: {
  readonly verification: Verification;
}) {
  const lying = findings.filter(({ lies }) => lies.length > 0);
  if (findings.length === 0)
    return (
      <Alert color="teal" variant="light" p="xs" role="status" icon={<IconCircleCheck aria-hidden />}>
        <Text size="sm">{countOf(checked, 'file')} measured: the manifest says the same.</Text>
      </Alert>
    );
  return (
    <Alert color="red" variant="light" p="xs" role="alert">
      <Text size="sm" fw={600}>
        {countOf(checked, 'file')} measured: {lying.length} not as the manifest says
        {findings.length > lying.length && `, ${findings.length - lying.length} could not be measured`}
      </Text>
      <Box
        style={{ maxHeight: 240, overflow: 'auto' }}
        tabIndex={0}
        role="region"
        aria-label="What is not true"
      >
        <Table fz="xs" aria-label="What is not true">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Place</Table.Th>
              <Table.Th>Field</Table.Th>
              <Table.Th>Manifest</Table.Th>
              <Table.Th>Measured</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{findings.flatMap(rowsOf)}</Table.Tbody>
        </Table>
      </Box>
    </Alert>
  );
}

function rowsOf(finding: Finding) {
  const place = objectPlaceText(finding);
  if (finding.error !== null)
    return [
      <Table.Tr key={place}>
        <Table.Td>{place}</Table.Td>
        <Table.Td colSpan={3}>{reasonText(finding.error)}</Table.Td>
      </Table.Tr>,
    ];
  return finding.lies.map(({ field, claimed, measured }) => (
    <Table.Tr key={`${place} ${field}`}>
      <Table.Td>{place}</Table.Td>
      <Table.Td>{field}</Table.Td>
      <Table.Td>{shown(claimed)}</Table.Td>
      <Table.Td>{shown(measured)}</Table.Td>
    </Table.Tr>
  ));
}
