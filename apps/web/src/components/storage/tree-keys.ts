export type TreeMove =
  | { readonly to: number }
  | { readonly expand: number }
  | { readonly collapse: number }
  | { readonly select: number };

export interface TreeRow {
  /** From 1, as `aria-level`. */
  readonly level: number;
  /** Null for a leaf. */
  readonly isExpanded: boolean | null;
}

/** What a key does in a tree of which `rows` are visible and `current` has the focus (WAI-ARIA tree view). */
export function treeMove(key: string, rows: readonly TreeRow[], current: number): TreeMove | null {
  const row = rows[current];
  if (!row) return null;
  if (key === 'ArrowDown') return current + 1 < rows.length ? { to: current + 1 } : null;
  if (key === 'ArrowUp') return current > 0 ? { to: current - 1 } : null;
  if (key === 'Home') return { to: 0 };
  if (key === 'End') return { to: rows.length - 1 };
  if (key === 'Enter' || key === ' ') return { select: current };
  if (key === 'ArrowRight') return moveRight(rows, current, row);
  if (key === 'ArrowLeft') return moveLeft(rows, current, row);
  return null;
}

function moveRight(rows: readonly TreeRow[], current: number, row: TreeRow): TreeMove | null {
  if (row.isExpanded === false) return { expand: current };
  const next = rows[current + 1];
  return row.isExpanded && next && next.level > row.level ? { to: current + 1 } : null;
}

function moveLeft(rows: readonly TreeRow[], current: number, row: TreeRow): TreeMove | null {
  if (row.isExpanded) return { collapse: current };
  for (let index = current - 1; index >= 0; index -= 1)
    if ((rows[index]?.level ?? 0) < row.level) return { to: index };
  return null;
}
