import { comparisonOf, parseMetadataCondition } from '@latchkey/contract/metadata-filter';
import { Button, Group } from '@mantine/core';
import { IconFilterPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useMetadataSchema } from '../../../lib/metadata-schema.js';
import { conditionText } from './condition-fields.js';

const ConditionDialog = lazy(async () => ({
  default: (await import('./condition-dialog.js')).ConditionDialog,
}));

interface Props {
  /** As the API takes them. */
  readonly conditions: readonly string[];
  readonly onChange: (conditions: readonly string[]) => void;
}

/** What the list is narrowed by of client metadata, each condition to be removed, and a dialog for another one. */
export function MetadataFilter({ conditions, onChange }: Props) {
  const [isAdding, setAdding] = useState(false);
  const schema = useMetadataSchema().data ?? {};
  const keys = Object.entries(schema).filter(([, type]) => comparisonOf(type) !== null);
  if (keys.length === 0 && conditions.length === 0) return null;
  const add = (condition: string) => {
    setAdding(false);
    onChange([...conditions.filter((each) => each !== condition), condition]);
  };
  return (
    <Group gap="xs" role="group" aria-label="Filter by client metadata">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFilterPlus size={14} aria-hidden />}
        onClick={() => setAdding(true)}
        disabled={keys.length === 0}
      >
        Filter by metadata
      </Button>
      {conditions.map((condition) => (
        <Button
          key={condition}
          size="compact-sm"
          variant="light"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={`Remove the filter ${textOf(condition)}`}
          onClick={() => onChange(conditions.filter((each) => each !== condition))}
        >
          {textOf(condition)}
        </Button>
      ))}
      {isAdding && (
        <Suspense>
          <ConditionDialog keys={keys} onAdd={add} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Group>
  );
}

function textOf(condition: string): string {
  const parsed = parseMetadataCondition(condition);
  return parsed ? conditionText(parsed) : condition;
}
