import { type KeyboardEvent, useMemo, useState } from 'react';
import type { RowGridProps } from './row-grid-props.js';
import { useStableHandlers } from './row-handlers.js';
import { type RowCommand, rowCommand, rowMove } from './row-keys.js';
import type { Row } from './rows.js';
import { emptySelection, extendedTo, toggled, toggledAll } from './selection.js';
import { type EndLayout, useListEnd } from './use-list-end.js';
import { useDropRows } from './use-move-rows.js';

interface GridLayout extends EndLayout {
  readonly perLine: number;
  /** Lines that are in sight now. */
  readonly linesPerPage: () => number;
}

/** Focus, selection, keys and loading of a list of rows, however it is drawn. */
export function useGridState(props: RowGridProps, layout: GridLayout) {
  const { list, selection, onSelectionChange } = props;
  const { rows } = list;
  const { active, setActive, focusRow, isFocusWanted, jump } = useListEnd(list, layout);
  const drop = useDropRows();
  const [menuKey, setMenuKey] = useState<string | null>(null);
  const [renamedKey, setRenamedKey] = useState<string | null>(null);
  const order = useMemo(() => rows.map((row) => row.key), [rows]);

  const rowsWith = (row: Row) =>
    selection.keys.has(row.key) ? rows.filter((candidate) => selection.keys.has(candidate.key)) : [row];
  const handlers = useStableHandlers({
    onFocus: setActive,
    onOpen: props.onOpen,
    onAction: (kind, row) => props.onAction(kind, [row]),
    onSelect: (row, isRange) =>
      onSelectionChange(isRange ? extendedTo(selection, order, row.key) : toggled(selection, row.key)),
    onMenu: (row) => setMenuKey(row?.key ?? null),
    onRename: (row) => setRenamedKey(row?.key ?? null),
    rowsWith,
    onDrop: (dropped, folder) => folder.kind === 'folder' && drop(dropped, folder.folder.uuid),
  });
  const run = (command: RowCommand, row: Row, index: number) => {
    if (command === 'open') props.onOpen(row);
    else if (command === 'rename' && props.canEdit) setRenamedKey(row.key);
    else if (command === 'delete' && props.canEdit) props.onAction('delete', rowsWith(row));
    else if (command === 'toggle') onSelectionChange(toggled(selection, row.key));
    else if (command === 'select-all') onSelectionChange(toggledAll(selection, order));
    else if (command === 'clear') onSelectionChange(emptySelection);
    else if (command === 'menu') setMenuKey(row.key);
    setActive(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys inside of a row's checkbox, menu or field are theirs.
    if (!(event.target instanceof HTMLElement) || event.target.dataset['index'] === undefined) return;
    const index = Number(event.target.dataset['index']);
    const row = rows[index];
    if (!row) return;
    const linesPerPage = Math.max(layout.linesPerPage(), 1);
    const to = rowMove(event.key, index, { count: rows.length, perLine: layout.perLine, linesPerPage });
    const command = rowCommand(event);
    if (to === null && !command) return;
    event.preventDefault();
    if (to !== null && !event.shiftKey && jump(event.key)) return;
    if (to !== null) {
      const target = rows[to];
      if (event.shiftKey && target)
        onSelectionChange(
          extendedTo({ ...selection, anchor: selection.anchor ?? row.key }, order, target.key),
        );
      focusRow(to);
    } else if (command) run(command, row, index);
  };
  const tabStop = layout.visible.includes(active) ? active : (layout.visible[0] ?? 0);
  /** What each drawn row is told, besides where it is. */
  const rowProps = (row: Row, index: number) => ({
    row,
    index,
    isTabStop: index === tabStop,
    isFocusWanted: index === active ? isFocusWanted : null,
    isSelected: selection.keys.has(row.key),
    isMenuOpen: menuKey === row.key,
    isRenamed: renamedKey === row.key,
    canEdit: props.canEdit,
    handlers,
  });
  return { order, onKeyDown, rowProps };
}
