const watchers = new Set<() => void>();
let areNeeded = false;

export const toastsAreNeeded = (): boolean => areNeeded;

export function needToasts(): void {
  areNeeded = true;
  for (const watcher of watchers) watcher();
}

export function watchToasts(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
