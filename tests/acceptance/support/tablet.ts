import type { Page } from 'playwright-core';

const tablet = { width: 768, height: 1024 };

/** What lies beyond the right edge of a tablet held upright, where the page would have to be scrolled sideways. */
export async function beyondTablet(page: Page): Promise<string[]> {
  const viewport = page.viewportSize();
  await page.setViewportSize(tablet);
  const found = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`);
  });
  if (viewport) await page.setViewportSize(viewport);
  return found;
}
