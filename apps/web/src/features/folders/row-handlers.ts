import { useEffect, useRef, useState } from 'react';
import type { RowDialogKind } from './row-dialog.js';
import type { Row } from './rows.js';

export interface RowHandlers {
  readonly onFocus: (index: number) => void;
  readonly onOpen: (row: Row) => void;
  readonly onAction: (kind: RowDialogKind, row: Row) => void;
  readonly onSelect: (row: Row, isRange: boolean) => void;
  /** Null: no menu is open. */
  readonly onMenu: (row: Row | null) => void;
  /** Null: no name is being changed. */
  readonly onRename: (row: Row | null) => void;
  /** The rows that are dragged with this one. */
  readonly rowsWith: (row: Row) => readonly Row[];
  readonly onDrop: (rows: readonly Row[], folder: Row) => void;
}

/** The same functions on every draw, so that scrolling draws only the rows that come into sight. */
export function useStableHandlers(current: RowHandlers): RowHandlers {
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });
  const [stable] = useState<RowHandlers>(() => ({
    onFocus: (index) => latest.current.onFocus(index),
    onOpen: (row) => latest.current.onOpen(row),
    onAction: (kind, row) => latest.current.onAction(kind, row),
    onSelect: (row, isRange) => latest.current.onSelect(row, isRange),
    onMenu: (row) => latest.current.onMenu(row),
    onRename: (row) => latest.current.onRename(row),
    rowsWith: (row) => latest.current.rowsWith(row),
    onDrop: (rows, folder) => latest.current.onDrop(rows, folder),
  }));
  return stable;
}
