import axe from 'axe-core';
import type { Page } from 'playwright-core';

const schemes = ['light', 'dark'] as const;

/** What axe finds wrong in its light and its dark colours with the page or a part of it, as lines to read; empty is good. */
export async function violationsOf(page: Page, part = 'html'): Promise<string[]> {
  const lines: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await page.evaluate(transitionsEnd);
    // A menu that closes belongs to no landmark.
    if (part === 'html') await page.locator('[role="menu"]').first().waitFor({ state: 'hidden' });
    for (const line of await violationsNow(page, part)) lines.push(`${colorScheme}: ${line}`);
  }
  return lines;
}

/** Colours are judged once they have changed. */
const transitionsEnd = () =>
  Promise.allSettled(
    document
      .getAnimations()
      .filter((animation) => animation instanceof CSSTransition)
      .map(({ finished }) => finished),
  );

async function violationsNow(page: Page, part: string): Promise<string[]> {
  // Not as a script of the page, whose security policy refuses it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axe.source}; undefined`);
  return page.evaluate(async (context) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(context, {
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  }, part);
}
