export type RowCommand = 'open' | 'rename' | 'delete' | 'toggle' | 'select-all' | 'clear' | 'menu';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** What a key asks to do with the focused row, besides moving the focus. */
export function rowCommand({ key, ctrlKey, metaKey, shiftKey }: Key): RowCommand | null {
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') return 'select-all';
  if (ctrlKey || metaKey) return null;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return 'menu';
  if (key === 'Enter') return 'open';
  if (key === 'F2') return 'rename';
  if (key === 'Delete') return 'delete';
  if (key === ' ') return 'toggle';
  return key === 'Escape' ? 'clear' : null;
}

interface GridShape {
  readonly count: number;
  /** In a table one, beside each other in the grid of tiles more. */
  readonly perLine: number;
  readonly linesPerPage: number;
}

/** Index of the row that a key moves the focus to, or null when the key does not move. */
export function rowMove(
  key: string,
  current: number,
  { count, perLine, linesPerPage }: GridShape,
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: current + perLine,
    ArrowUp: current - perLine,
    PageDown: current + perLine * linesPerPage,
    PageUp: current - perLine * linesPerPage,
    Home: 0,
    End: count - 1,
    ...(perLine > 1 && { ArrowRight: current + 1, ArrowLeft: current - 1 }),
  };
  const target = steps[key];
  return target === undefined || count === 0 ? null : Math.min(Math.max(target, 0), count - 1);
}
