import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNow } from '../../lib/use-now.js';
import classes from './folders.module.css';
import { GridHeader } from './grid-header.js';
import { GridRow } from './grid-row.js';
import { GridStatus } from './grid-status.js';
import type { RowGridProps } from './row-grid-props.js';
import { toggledAll } from './selection.js';
import { useGridState } from './use-grid-state.js';
import { useKeptInSight } from './use-kept-in-sight.js';

const rowHeight = 38;
/** More new rows than this in one frame cannot all be drawn in it. */
const rowsOfFast = 8;

/** The rows as an ARIA grid; only those in sight are drawn, so its length does not matter. */
export function RowGrid(props: RowGridProps) {
  const { list, selection } = props;
  const { rows } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(30_000);
  const [isScrolling, setScrolling] = useState(false);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    // The wheel moves further than any overscan, and each row that is drawn takes half a millisecond.
    overscan: isScrolling ? 4 : 12,
    onChange: (list) => setScrolling(list.isScrolling),
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  const visible = useKeptInSight(virtualizer, scroller, list, (count) => count * rowHeight);
  const offset = virtualizer.scrollOffset ?? 0;
  const drawnAt = useRef(0);
  const isFast = Math.abs(offset - drawnAt.current) > rowHeight * rowsOfFast;
  useEffect(() => {
    drawnAt.current = offset;
  }, [offset]);
  const { order, onKeyDown, rowProps } = useGridState(props, {
    perLine: 1,
    linesPerPage: () => Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    visible: visible.map(({ index }) => index),
  });
  return (
    <>
      <div className={classes['grid']} ref={scroller}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA allows this; the rows take the focus.
          role="grid"
          aria-label="Contents"
          aria-multiselectable
          aria-rowcount={list.hasMore ? -1 : rows.length + 1}
          aria-busy={list.isPending}
          className={classes['table']}
          onKeyDown={onKeyDown}
        >
          <GridHeader
            listing={props.listing}
            onListingChange={props.onListingChange}
            selectedCount={selection.keys.size}
            rowCount={rows.length}
            onToggleAll={() => props.onSelectionChange(toggledAll(selection, order))}
          />
          <tbody className={classes['body']} style={{ height: virtualizer.getTotalSize() - rowHeight }}>
            {visible.map(({ index, start }) => {
              const row = rows[index];
              return (
                row && (
                  <GridRow
                    key={row.key}
                    {...rowProps(row, index)}
                    // What comes before the rows of the last end is not counted.
                    rowIndex={list.end === 'last' && list.hasMore ? undefined : index + 2}
                    top={start - rowHeight}
                    now={now}
                    isFast={isFast}
                  />
                )
              );
            })}
          </tbody>
        </table>
      </div>
      <GridStatus list={list} listing={props.listing} />
    </>
  );
}
