/** Keys that are selected, and the one from which a range is drawn. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const emptySelection: Selection = { keys: new Set(), anchor: null };

export function toggled(selection: Selection, key: string): Selection {
  const keys = new Set(selection.keys);
  if (!keys.delete(key)) keys.add(key);
  return { keys, anchor: key };
}

/** Selects from the anchor to `key`, both included, in the order of the list; the anchor stays. */
export function extendedTo(selection: Selection, order: readonly string[], key: string): Selection {
  const to = order.indexOf(key);
  const from = selection.anchor === null ? to : order.indexOf(selection.anchor);
  if (to < 0 || from < 0) return toggled(selection, key);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { keys: new Set([...selection.keys, ...range]), anchor: selection.anchor ?? key };
}

/** All of them, or none when all are selected already. */
export function toggledAll(selection: Selection, order: readonly string[]): Selection {
  const isAll = order.length > 0 && order.every((key) => selection.keys.has(key));
  return isAll ? emptySelection : { keys: new Set(order), anchor: selection.anchor };
}
