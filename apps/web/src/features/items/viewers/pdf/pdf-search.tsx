import { Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { formatCount } from '../../../../lib/format.js';
import { ToolButton } from '../tool-button.js';
import type { usePdfSearch } from './use-pdf-search.js';

interface PdfSearchProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly search: ReturnType<typeof usePdfSearch>;
  readonly input: RefObject<HTMLInputElement | null>;
}

export function PdfSearch({ query, onQuery, search, input }: PdfSearchProps) {
  const { hits, step } = search;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onQuery('');
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        ref={input}
        size="xs"
        w={170}
        aria-label="Find in the PDF"
        placeholder="Find (/)"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {query.trim() !== '' && (
        <>
          <ToolButton
            label="Previous hit (Shift+Enter)"
            disabled={hits.length === 0}
            onClick={() => step(-1)}
          >
            <IconChevronUp size={18} aria-hidden />
          </ToolButton>
          <ToolButton label="Next hit (Enter)" disabled={hits.length === 0} onClick={() => step(1)}>
            <IconChevronDown size={18} aria-hidden />
          </ToolButton>
          <Text size="sm" role="status">
            {hitsText(search)}
          </Text>
        </>
      )}
    </>
  );
}

function hitsText({ hits, current, isDone }: ReturnType<typeof usePdfSearch>): string {
  if (hits.length === 0) return isDone ? 'Not found' : 'Searching';
  return `${formatCount(current + 1)} of ${formatCount(hits.length)}${isDone ? '' : ', searching'}`;
}
