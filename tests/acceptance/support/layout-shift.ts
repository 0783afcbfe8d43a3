import type { Page } from 'playwright-core';

/** Chromium's, which TypeScript does not know. */
interface LayoutShift extends PerformanceEntry {
  /** The share of the viewport that moved times how far, as a share of it. */
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

declare global {
  interface Window {
    layoutShifts?: { readonly value: number; readonly moved: string }[];
  }
}

/** From the next document that the page opens on. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; moved: string }[] = [];
    window.layoutShifts = shifts;
    const textOf = (node: Node | null) =>
      (node instanceof Element ? node.outerHTML : node?.textContent) ?? '';
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[])
        shifts.push({ value, moved: sources.map(({ node }) => textOf(node).slice(0, 120)).join('\n') });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** How much has moved since the document was opened, without the user having done anything, and what. */
export async function layoutShifts(page: Page): Promise<{ total: number; moved: string }> {
  await page.waitForLoadState('networkidle');
  const shifts = await page.evaluate(() => window.layoutShifts);
  if (!shifts) throw new Error('watchLayoutShifts was not called before the page was opened.');
  return {
    total: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts.map(({ moved }) => moved).join('\n'),
  };
}
