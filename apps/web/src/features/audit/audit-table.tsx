import type { AuditEntry } from '@latchkey/contract/schemas/audit';
import { Anchor, Code, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { ScrollingTable } from '../../components/scrolling-table.js';
import { formatDateTime } from '../../lib/format.js';

const columns = ['When', 'Who', 'Action', 'About', 'Details', { name: 'Position', ta: 'right' }] as const;

export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <ScrollingTable label="Audit log" minWidth={860} verticalSpacing="xs" columns={columns}>
      {entries.map((entry) => (
        <Entry key={entry.entryUuid} entry={entry} />
      ))}
    </ScrollingTable>
  );
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const { at, actor, action, details, position, hash } = entry;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <time dateTime={at} title={at}>
          {formatDateTime(at)}
        </time>
      </Table.Td>
      <Table.Td miw={150} style={{ overflowWrap: 'anywhere' }}>
        {actor ? (actor.email ?? actor.uuid) : '-'}
      </Table.Td>
      <Table.Td>
        <Code>{action}</Code>
      </Table.Td>
      <Table.Td>
        <Subject entry={entry} />
      </Table.Td>
      <Table.Td maw={340}>
        <Details details={details} />
      </Table.Td>
      <Table.Td ta="right" title={hash ?? 'Sealed within seconds'}>
        {position ?? '-'}
      </Table.Td>
    </Table.Tr>
  );
}

const pages: Readonly<Record<string, string>> = { item: '/items', folder: '/folders' };

function Subject({ entry: { subjectType, subjectUuid } }: { readonly entry: AuditEntry }) {
  if (subjectUuid === null) return subjectType === 'route' ? '-' : subjectType;
  const page = pages[subjectType];
  const text = `${subjectType} ${subjectUuid.slice(0, 8)}…${subjectUuid.slice(-4)}`;
  if (!page) return <span title={subjectUuid}>{text}</span>;
  return (
    <Anchor component={Link} to={`${page}/${subjectUuid}`} size="sm" title={subjectUuid}>
      {text}
    </Anchor>
  );
}

/** One line each; long lists are cut, and are whole on hover. */
function Details({ details }: { readonly details: AuditEntry['details'] }) {
  return Object.entries(details).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return (
      <Text key={name} size="xs" truncate title={text}>
        {name}: {text}
      </Text>
    );
  });
}
