import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import type { Integration } from '@latchkey/contract/schemas/integration';
import { Accordion, Alert, Badge, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { ItemTypeIcon } from '../../../components/storage/item-type-icon.js';
import { itemTypeLabels } from '../../../components/storage/item-types.js';
import { countOf, formatCount } from '../../../lib/format.js';
import { JobWarnings } from '../job-outcome.js';
import { UnitErrorsTable } from '../unit-errors-table.js';
import { FirstUnits } from './first-units.js';
import type { Preview } from './preview.js';
import { outcomeNote, type PreviewNote, type PreviewSettings, previewNotes } from './preview-text.js';

const looks = {
  good: { color: 'green', Icon: IconCircleCheck },
  notice: { color: 'yellow', Icon: IconInfoCircle },
  problem: { color: 'orange', Icon: IconAlertTriangle },
} as const;

interface PreviewResultProps {
  readonly preview: Preview;
  readonly settings: PreviewSettings;
  readonly integration: Integration;
}

export function PreviewResult({ preview, settings, integration }: PreviewResultProps) {
  const outcome = outcomeNote(preview, settings);
  const { color, Icon } = looks[outcome.tone];
  return (
    <Stack gap="xs">
      <Alert color={color} icon={<Icon aria-hidden />} role="status" p="xs">
        <Text size="sm" fw={600}>
          {outcome.text}
        </Text>
        <Notes notes={previewNotes(preview, settings, integration)} />
      </Alert>
      <Kinds unitsByKind={preview.unitsByKind} />
      <JobWarnings job={preview} />
      <Accordion multiple variant="contained" chevronPosition="left">
        {preview.errorCount > 0 && (
          <Accordion.Item value="errors">
            <Accordion.Control>
              <Text size="sm">{countOf(preview.errorCount, 'file')} with errors</Text>
            </Accordion.Control>
            <Accordion.Panel>
              <UnitErrorsTable
                unitErrors={preview.errors}
                total={preview.errorCount}
                more="the result of the import names all of them"
              />
            </Accordion.Panel>
          </Accordion.Item>
        )}
        {preview.first.length > 0 && (
          <Accordion.Item value="first">
            <Accordion.Control>
              <Text size="sm">The first files</Text>
            </Accordion.Control>
            <Accordion.Panel>
              <FirstUnits units={preview.first} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
      </Accordion>
    </Stack>
  );
}

function Notes({ notes }: { readonly notes: readonly PreviewNote[] }) {
  if (notes.length === 0) return null;
  return (
    <List size="sm" aria-label="What to know before importing">
      {notes.map(({ text }) => (
        <List.Item key={text}>{text}</List.Item>
      ))}
    </List>
  );
}

function Kinds({ unitsByKind }: Pick<Preview, 'unitsByKind'>) {
  const kinds = Object.entries(unitsByKind) as [UnitKind, number][];
  if (kinds.length === 0) return null;
  return (
    <Group component="ul" gap={6} m={0} p={0} aria-label="Files by type" style={{ listStyle: 'none' }}>
      {kinds.map(([kind, units]) => {
        const { itemType } = unitKinds[kind];
        return (
          <Badge
            key={kind}
            component="li"
            variant="default"
            tt="none"
            leftSection={<ItemTypeIcon type={itemType} size={14} />}
          >
            {itemTypeLabels[itemType]}: {formatCount(units)}
          </Badge>
        );
      })}
    </Group>
  );
}
