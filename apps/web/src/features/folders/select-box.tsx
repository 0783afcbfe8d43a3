import classes from './folders.module.css';
import type { DrawnRowProps } from './row-grid-props.js';
import { nameOf } from './rows.js';

/** A plain checkbox, which draws faster than one of the library. */
export function SelectBox({
  row,
  isSelected,
  handlers,
}: Pick<DrawnRowProps, 'row' | 'isSelected' | 'handlers'>) {
  return (
    <input
      type="checkbox"
      className={classes['checkbox']}
      tabIndex={-1}
      aria-label={`Select ${nameOf(row)}`}
      checked={isSelected}
      readOnly
      onClick={(event) => {
        event.stopPropagation();
        handlers.onSelect(row, event.shiftKey);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
