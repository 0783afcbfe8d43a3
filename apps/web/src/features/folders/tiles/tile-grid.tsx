import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { GridStatus } from '../grid-status.js';
import type { RowGridProps } from '../row-grid-props.js';
import { useGridState } from '../use-grid-state.js';
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
  const lines = Math.ceil(rows.length / perLine);
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 1,
  });
  const shown = virtualizer.getVirtualItems().map((line) => ({
    ...line,
    indexes: Array.from({ length: perLine }, (_, at) => line.index * perLine + at).filter(
      (index) => index < rows.length,
    ),
  }));
  const { onKeyDown, rowProps } = useGridState(props, {
    perLine,
    linesPerPage: () => Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight),
    scrollTo: (index) => virtualizer.scrollToIndex(Math.floor(index / perLine)),
    visible: shown.flatMap(({ indexes }) => indexes),
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
                aria-rowindex={line + 1}
                className={classes['line']}
                style={{
                  transform: `translateY(${start}px)`,
                  gridTemplateColumns: `repeat(${perLine}, minmax(0, 1fr))`,
                }}
              >
                {indexes.map((index) => {
                  const row = rows[index];
                  return row && <Tile key={row.key} {...rowProps(row, index)} />;
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
