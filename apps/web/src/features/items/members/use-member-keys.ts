import type { KeyboardEvent } from 'react';

/** Comma and full stop go back and on, Home and End to the first and the last; the arrows are the viewers'. */
export function useMemberKeys(index: number, count: number, show: (index: number) => void) {
  const targets: Readonly<Record<string, number>> = {
    ',': index - 1,
    '.': index + 1,
    Home: 0,
    End: count - 1,
  };
  return (event: KeyboardEvent) => {
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    if (target >= 0 && target < count) show(target);
  };
}
