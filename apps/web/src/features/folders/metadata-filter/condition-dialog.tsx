import {
  comparisonOf,
  type MetadataOperator,
  writeMetadataCondition,
} from '@latchkey/contract/metadata-filter';
import type { MetadataKeyType } from '@latchkey/contract/schemas/metadata-schema';
import { Button, Group, Modal, MultiSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useReturnFocus } from '../../../lib/use-return-focus.js';
import { conditionOf, operatorNames, operatorsFor } from './condition-fields.js';

interface Props {
  readonly keys: readonly (readonly [string, MetadataKeyType])[];
  readonly onAdd: (condition: string) => void;
  readonly onClose: () => void;
}

/** One condition: a key of the metadata schema, how it is compared, and with what. */
export function ConditionDialog({ keys, onAdd, onClose }: Props) {
  useReturnFocus();
  const [key, setKey] = useState(keys[0]?.[0] ?? '');
  const [operator, setOperator] = useState<MetadataOperator>('=');
  const [typed, setTyped] = useState<readonly string[]>([]);
  const type = keys.find(([name]) => name === key)?.[1] ?? { ty: 'text' as const };
  const operators = operatorsFor(type);
  const chosen = operators.includes(operator) ? operator : (operators[0] ?? 'exists');
  const condition = conditionOf(key, type, chosen, typed);
  const isReady = condition !== null && !('problem' in condition);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onAdd(writeMetadataCondition(condition));
  };
  return (
    <Modal opened onClose={onClose} title="Filter by metadata" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label="Key"
            data-autofocus
            searchable
            allowDeselect={false}
            data={keys.map(([name]) => name)}
            value={key}
            onChange={(name) => {
              setKey(name ?? key);
              setTyped([]);
            }}
          />
          <Select
            label="Condition"
            allowDeselect={false}
            data={operators.map((value) => ({ value, label: operatorNames[value] }))}
            value={chosen}
            // The options are the operators.
            onChange={(value) => setOperator(value as MetadataOperator)}
          />
          {chosen !== 'exists' && (
            <ValueInput
              key={`${key} ${chosen === 'in'}`}
              type={type}
              isList={chosen === 'in'}
              typed={typed}
              onChange={setTyped}
              error={condition !== null && 'problem' in condition ? condition.problem : undefined}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!isReady}>
              Filter
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ValueInputProps {
  readonly type: MetadataKeyType;
  readonly isList: boolean;
  readonly typed: readonly string[];
  readonly onChange: (typed: readonly string[]) => void;
  readonly error: string | undefined;
}

function ValueInput({ type, isList, typed, onChange, error }: ValueInputProps) {
  const choices = comparisonOf(type) === 'boolean' ? ['true', 'false'] : type.values;
  const label = isList ? 'Values' : 'Value';
  if (isList && choices)
    return <MultiSelect label={label} searchable data={choices} value={[...typed]} onChange={onChange} />;
  if (isList)
    return (
      <TagsInput
        label={label}
        description="Press Enter after each."
        splitChars={[]}
        value={[...typed]}
        onChange={onChange}
        error={error}
      />
    );
  const value = typed[0] ?? '';
  if (choices)
    return (
      <Select
        label={label}
        searchable
        data={choices}
        value={value || null}
        onChange={(choice) => onChange(choice === null ? [] : [choice])}
      />
    );
  return (
    <TextInput
      label={label}
      {...(comparisonOf(type) === 'moment' && {
        description: 'A day or a moment, such as 2026-03-01T12:00:00Z.',
      })}
      {...(comparisonOf(type) === 'number' && { inputMode: 'decimal' })}
      value={value}
      error={error}
      onChange={(event) => onChange([event.currentTarget.value])}
    />
  );
}
