import { Table, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import viewer from '../viewers.module.css';
import { tableOf } from './table-of.js';
import classes from './text.module.css';

const rowHeight = 30;

interface TableViewProps {
  readonly text: string;
  readonly isComplete: boolean;
  readonly label: string;
}

/** A CSV as a table; only the rows in sight are drawn. */
export function TableView({ text, isComplete, label }: TableViewProps) {
  const { headings, rows, problem } = useMemo(() => tableOf(text, isComplete), [text, isComplete]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  });
  const shown = virtualizer.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (shown[shown.length - 1]?.end ?? 0);
  return (
    <section
      ref={scroller}
      className={`${viewer['stage']} ${viewer['scrolling']}`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
    >
      {problem !== null && (
        <Text size="sm" c="red" role="alert" p="xs">
          {problem}
        </Text>
      )}
      <Table
        stickyHeader
        withColumnBorders
        className={classes['table'] ?? ''}
        aria-rowcount={rows.length + 1}
      >
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: headings may repeat, and their order does not change.
              <Table.Th key={at}>{heading}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {before > 0 && <Filler height={before} />}
          {shown.map(({ index }) => (
            <Table.Tr key={index} aria-rowindex={index + 2} h={rowHeight}>
              {headings.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no name but their place.
                <Table.Td key={at} title={rows[index]?.[at]}>
                  {rows[index]?.[at]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {after > 0 && <Filler height={after} />}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** Stands for the rows that are not drawn. */
function Filler({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
