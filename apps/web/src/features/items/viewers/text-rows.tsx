import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { TextRow } from './text-decoding.js';
import classes from './viewers.module.css';

/** Numbered lines, wrapped; only those in sight are drawn. */
export function TextRows({ rows, label }: { readonly rows: readonly TextRow[]; readonly label: string }) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 30,
  });
  return (
    <section
      ref={scroller}
      className={`${classes['stage']} ${classes['scrolling']}`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
    >
      <div className={classes['text']} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            <div
              key={index}
              data-index={index}
              ref={virtualizer.measureElement}
              className={classes['line']}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={classes['number']} aria-hidden>
                {row?.line}
              </span>
              <span className={classes['content']}>{row?.text}</span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
