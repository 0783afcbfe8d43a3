import { Autocomplete, Group, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type AuditFilter, problemsOf } from './audit-filter.js';

interface AuditFilterBarProps {
  readonly filter: AuditFilter;
  /** Those of the entries that are shown, to choose from. */
  readonly actions: readonly string[];
  readonly onChange: (filter: AuditFilter) => void;
}

const typingPauseMs = 400;

/** Applies itself when the typing pauses. */
export function AuditFilterBar({ filter, actions, onChange }: AuditFilterBarProps) {
  const [typed, setTyped] = useState(filter);
  useEffect(() => setTyped(filter), [filter]);
  useEffect(() => {
    if (JSON.stringify(typed) === JSON.stringify(filter)) return;
    const timer = setTimeout(() => onChange(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, filter, onChange]);
  const problems = problemsOf(typed);
  const set = (change: Partial<AuditFilter>) => setTyped({ ...typed, ...change });
  return (
    <Group gap="sm" align="flex-start" role="search" mb="md">
      <TextInput
        label="Who"
        placeholder="E-mail address"
        style={{ flex: '1 1 180px' }}
        maxLength={320}
        value={typed.actor}
        error={problems.actor}
        onChange={(event) => set({ actor: event.currentTarget.value.trim() })}
      />
      <Autocomplete
        label="Action"
        placeholder="Any"
        style={{ flex: '1 1 180px' }}
        maxLength={100}
        data={[...new Set(actions)].sort()}
        value={typed.action}
        onChange={(action) => set({ action: action.trim() })}
      />
      <TextInput
        label="About"
        placeholder="UUID of an item, folder, job…"
        style={{ flex: '1 1 220px' }}
        maxLength={36}
        value={typed.subject}
        error={problems.subject}
        onChange={(event) => set({ subject: event.currentTarget.value.trim() })}
      />
      <TextInput
        type="date"
        label="From"
        value={typed.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="Through"
        value={typed.through}
        onChange={(event) => set({ through: event.currentTarget.value })}
      />
    </Group>
  );
}
