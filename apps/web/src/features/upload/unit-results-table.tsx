import type { UnitOutcome, UnitResult } from '@latchkey/contract/schemas/upload-job';
import { Anchor, Code, Group, Table, Text } from '@mantine/core';
import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClock,
  IconPlayerSkipForwardFilled,
  IconRefresh,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { outcomeLabels, unitPlaceText } from './unit-outcomes.js';

const looks: Readonly<Record<UnitOutcome, { Icon: typeof IconClock; color: string }>> = {
  pending: { Icon: IconClock, color: 'gray-6' },
  created: { Icon: IconCircleCheckFilled, color: 'green-7' },
  skipped: { Icon: IconPlayerSkipForwardFilled, color: 'blue-6' },
  renewed: { Icon: IconRefresh, color: 'blue-6' },
  error: { Icon: IconCircleXFilled, color: 'red-7' },
  cancelled: { Icon: IconBan, color: 'gray-6' },
};

export function UnitResultsTable({ units }: { readonly units: readonly UnitResult[] }) {
  return (
    <Table.ScrollContainer
      minWidth={640}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Files, scrollable' } }}
    >
      <Table striped fz="sm" aria-label="Files of the manifest">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Position</Table.Th>
            <Table.Th>Outcome</Table.Th>
            <Table.Th>File</Table.Th>
            <Table.Th>Problem</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {units.map((unit) => (
            <UnitRow key={unit.position} unit={unit} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function UnitRow({ unit }: { readonly unit: UnitResult }) {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {unit.position}
        <Text size="xs" c="dimmed">
          {unitPlaceText(unit.place)}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Outcome outcome={unit.outcome} />
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }} miw={200}>
        <UnitName unit={unit} />
        {unit.objectUrl !== null && (
          <Text size="xs" c="dimmed">
            {unit.objectUrl}
          </Text>
        )}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }} miw={160}>
        {unit.error && <Problem error={unit.error} />}
      </Table.Td>
    </Table.Tr>
  );
}

function Outcome({ outcome }: { readonly outcome: UnitOutcome }) {
  const { Icon, color } = looks[outcome];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} color={`var(--mantine-color-${color})`} aria-hidden style={{ flexShrink: 0 }} />
      {outcomeLabels[outcome]}
    </Group>
  );
}

function UnitName({ unit: { itemUuid, title, furtherItems = [] } }: { readonly unit: UnitResult }) {
  if (itemUuid === null) return title;
  return [{ itemUuid, title }, ...furtherItems].map((item) => (
    <ItemName key={item.itemUuid} itemUuid={item.itemUuid} title={item.title} />
  ));
}

/** Links to the item, as long as it is there: the server tells the title of no other. */
function ItemName({ itemUuid, title }: { readonly itemUuid: string; readonly title: string | null }) {
  if (title === null) return <Text size="sm">The item was deleted or moved.</Text>;
  return (
    <div>
      <Anchor component={Link} to={`/items/${itemUuid}`} size="sm" underline="always">
        {title}
      </Anchor>
    </div>
  );
}

function Problem({ error }: { readonly error: NonNullable<UnitResult['error']> }) {
  return (
    <>
      <Text size="xs">{error.message}</Text>
      {!error.message.includes(error.hint) && <Text size="xs">{error.hint}</Text>}
      <Code fz={11}>{error.code}</Code>
    </>
  );
}
