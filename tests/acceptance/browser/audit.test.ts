import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

let directory: string;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  system = await startStrictSystem(directory);
  browser = await launchChromium();
  ({ page, pageErrors } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

it('the audit log is listed, filtered, exported and verified in the browser', async () => {
  await page.getByRole('link', { name: 'Audit log' }).click();
  const table = page.getByRole('table', { name: 'Audit log' });
  await table.getByText('session.begin').waitFor();
  await table.getByText('integration.create').waitFor();
  await page.getByRole('combobox', { name: 'Action' }).fill('folder.create');
  await table.getByText('session.begin').waitFor({ state: 'hidden' });
  await table.getByText('folder.create').waitFor();
  expect(await table.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'As NDJSON' }).click(),
  ]);
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({
    action: 'folder.create',
  });
  await page.getByRole('button', { name: 'Verify' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is the audit log whole?' });
  await dialog.getByText('It is whole').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Action' }).fill('nothing.like-it');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await table.getByText('session.begin').waitFor();
  expect(pageErrors).toEqual([]);
});
