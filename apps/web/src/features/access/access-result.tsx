import { Loader, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconMinus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { VerdictNotice } from '../../components/access/verdict-notice.js';
import { ErrorNotice } from '../../components/error-notice.js';
import type { AccessReport } from './check-access.js';
import { type LoadCheck, loadNames } from './load-check.js';

/** The verdict first, then each load that it comes from. */
export function AccessResult({ report }: { readonly report: UseQueryResult<AccessReport> }) {
  if (report.isFetching) return <Loader aria-label="Loading the object in every way that viewers do" />;
  if (!report.data) return <ErrorNotice error={report.error} title="The access could not be checked" />;
  const { verdict, url, checks } = report.data;
  return (
    <Stack>
      <VerdictNotice verdict={verdict} url={url} />
      {checks.length > 0 && (
        <Table aria-label="Loads that were tried">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Load</Table.Th>
              <Table.Th>Result</Table.Th>
              <Table.Th>What was seen</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {checks.map((check) => (
              <CheckRow key={check.load} check={check} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

function CheckRow({ check: { load, passed, detail } }: { readonly check: LoadCheck }) {
  return (
    <Table.Tr>
      <Table.Td>{loadNames[load]}</Table.Td>
      <Table.Td>
        <Outcome passed={passed} />
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{detail}</Table.Td>
    </Table.Tr>
  );
}

const outcomes = {
  passed: { Icon: IconCircleCheck, color: 'var(--mantine-color-green-6)', word: 'Works' },
  failed: { Icon: IconCircleX, color: 'var(--mantine-color-red-6)', word: 'Fails' },
  notCounted: { Icon: IconMinus, color: 'currentColor', word: 'Not counted' },
} as const;

function Outcome({ passed }: { readonly passed: boolean | null }) {
  const judged = passed ? outcomes.passed : outcomes.failed;
  const { Icon, color, word } = passed === null ? outcomes.notCounted : judged;
  return (
    <Text size="sm" component="span" style={{ whiteSpace: 'nowrap' }}>
      <Icon size={16} aria-hidden color={color} /> {word}
    </Text>
  );
}
