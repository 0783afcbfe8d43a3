import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { GridStatus } from '../grid-status.js';
import type { RowGridProps } from '../row-grid-props.js';
import { useGridState } from '../use-grid-state.js';
import { useKeptInSight } from '../use-kept-in-sight.js';
import { Tile } from './tile.js';
import classes from './tiles.module.css';

const tileWidth = 176;
const lineHeight = 196;

/** The rows as tiles beside each other; only those in sight are drawn. */
export function TileGrid(props: RowGridProps) {
  const { list } = props;
  const { rows } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const perLine = Math.max(1, Math.floor(width / tileWidth));
  const linesOf = (count: number) => Math.ceil(count / perLine);
  const lines = linesOf(rows.length);
  // Read from the last end, the first line is the one that is not full: tiles stay where they are when others come before.
  const emptyBefore = list.end === 'last' ? lines * perLine - rows.length : 0;
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 1,
  });
  const drawn = useKeptInSight(virtualizer, scroller, list, (count) => linesOf(count) * lineHeight);
  const shown = drawn.map((line) => ({
    ...line,
    // The same for the same tiles, from whichever end they are counted.
    key: list.end === 'last' ? lines - line.index : line.index,
    indexes: Array.from({ length: perLine }, (_, at) => line.index * perLine + at - emptyBefore).filter(
      (index) => index < rows.length,
    ),
  }));
  const { onKeyDown, rowProps } = useGridState(props, {
    perLine,
    linesPerPage: () => Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight),
    scrollTo: (index) => virtualizer.scrollToIndex(Math.floor((index + emptyBefore) / perLine)),
    visible: shown.flatMap(({ indexes }) => indexes.filter((index) => index >= 0)),
  });
  return (
    <>
      <div className={classes['scroller']} ref={scroller}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA allows this; the tiles take the focus.
          role="grid"
          aria-label="Contents"
          aria-multiselectable
          aria-rowcount={list.hasMore ? -1 : lines}
          aria-busy={list.isPending}
          className={classes['tiles']}
          onKeyDown={onKeyDown}
          ref={sizeRef}
        >
          <tbody className={classes['tiles']} style={{ height: virtualizer.getTotalSize() }}>
            {shown.map(({ key, index: line, start, indexes }) => (
              <tr
                key={key}
                aria-rowindex={list.end === 'last' && list.hasMore ? undefined : line + 1}
                className={classes['line']}
                style={{
                  transform: `translateY(${start}px)`,
                  gridTemplateColumns: `repeat(${perLine}, minmax(0, 1fr))`,
                }}
              >
                {indexes.map((index) => {
                  const row = rows[index];
                  return row ? <Tile key={row.key} {...rowProps(row, index)} /> : <td key={index} />;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <GridStatus list={list} listing={props.listing} />
    </>
  );
}
