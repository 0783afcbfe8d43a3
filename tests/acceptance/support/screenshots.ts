import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where SCREENSHOT_DIR names a directory, a picture of the page is kept there, for people to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const directory = process.env['SCREENSHOT_DIR'];
  if (directory) await page.screenshot({ path: join(directory, `${name}.png`) });
}
