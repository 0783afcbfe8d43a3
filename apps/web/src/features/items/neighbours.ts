export interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
}

/** The list that the user came from, as the folder page leaves it in the history: `{ siblings: string[] }`. */
export function siblingsOfState(state: unknown): string[] {
  const siblings = (state as { siblings?: unknown } | null)?.siblings;
  return Array.isArray(siblings) ? siblings.filter((uuid) => typeof uuid === 'string') : [];
}

/** Null when the item is not in the list. */
export function neighboursIn(uuids: readonly string[], itemUuid: string): Neighbours | null {
  const at = uuids.indexOf(itemUuid);
  if (at < 0) return null;
  return { previous: uuids[at - 1] ?? null, next: uuids[at + 1] ?? null };
}
