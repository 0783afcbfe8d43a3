import type { DragEvent, MouseEvent, RefCallback } from 'react';
import { dropTarget, endDrag, startDrag } from './drag/dragged-rows.js';
import type { DrawnRowProps } from './row-grid-props.js';

/** What a row of the table and a tile have in common: focus, selection, opening, menu and dragging. */
export function drawnRowAttributes<Element extends HTMLElement>(props: DrawnRowProps) {
  const { row, index, isFocusWanted, handlers, canEdit } = props;
  const takeFocus: RefCallback<Element> = (element) => {
    if (!element || !isFocusWanted?.current) return;
    isFocusWanted.current = false;
    element.focus({ preventScroll: true });
  };
  return {
    'aria-selected': props.isSelected,
    'data-index': index,
    tabIndex: props.isTabStop ? 0 : -1,
    ref: takeFocus,
    onFocus: () => handlers.onFocus(index),
    onClick: (event: MouseEvent) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) handlers.onSelect(row, event.shiftKey);
    },
    onDoubleClick: () => handlers.onOpen(row),
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      handlers.onMenu(row);
    },
    draggable: canEdit && !props.isRenamed,
    onDragStart: (event: DragEvent) => startDrag(event, handlers.rowsWith(row)),
    onDragEnd: endDrag,
    ...(row.kind === 'folder' && dropTarget(row.folder.uuid, (rows) => handlers.onDrop(rows, row))),
  };
}
