/**
 * Focuses the first of these elements that exists, once the page is drawn anew: where a dialog was opened from, or,
 * if that is gone, what stands in for it.
 */
export function focusFirst(...ids: readonly string[]): void {
  requestAnimationFrame(() => {
    const id = ids.find((candidate) => document.getElementById(candidate));
    if (id !== undefined) document.getElementById(id)?.focus();
  });
}
