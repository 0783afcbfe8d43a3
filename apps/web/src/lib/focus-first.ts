/**
 * Focuses the first element that one of these selectors finds, once the page is drawn anew: where a dialog was opened
 * from, or, if that is gone, what stands in for it.
 */
export function focusFirst(...selectors: readonly string[]): void {
  requestAnimationFrame(() => {
    for (const selector of selectors) {
      const element = document.querySelector<HTMLElement>(selector);
      if (element) return element.focus();
    }
  });
}
