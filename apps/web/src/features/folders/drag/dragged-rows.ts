import type { DragEvent } from 'react';
import { foldersOf, itemsOf, type Row } from '../rows.js';

/** What a drag carries cannot be read before it is dropped: within the page it stands here. */
let dragged: readonly Row[] = [];

export function startDrag(event: DragEvent, rows: readonly Row[]): void {
  dragged = rows;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', rows.map(({ key }) => key).join('\n'));
}

export function endDrag(): void {
  dragged = [];
}

/** Whether the rows would change their place: folders not into themselves, items not to the top level (null). */
export function canDropOn(rows: readonly Row[], target: string | null): boolean {
  if (rows.length === 0 || (target === null && itemsOf(rows).length > 0)) return false;
  if (foldersOf(rows).some(({ uuid }) => uuid === target)) return false;
  return rows.some((row) => (row.kind === 'folder' ? row.folder.parent : row.item.parent) !== target);
}

/** Handlers that make an element a place to drop rows on; `data-drop` marks it while they are above it. */
export function dropTarget(target: string | null, onDrop: (rows: readonly Row[]) => void) {
  const mark = (event: DragEvent<HTMLElement>) => {
    if (!canDropOn(dragged, target)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    event.currentTarget.dataset['drop'] = '';
  };
  const unmark = (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['drop'];
  };
  return {
    onDragEnter: mark,
    onDragOver: mark,
    onDragLeave: unmark,
    onDrop: (event: DragEvent<HTMLElement>) => {
      unmark(event);
      if (!canDropOn(dragged, target)) return;
      event.preventDefault();
      onDrop(dragged);
      endDrag();
    },
  };
}
