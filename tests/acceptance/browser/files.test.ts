import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

let directory: string;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  const imageMetadata = { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 };
  const images = Array.from({ length: 240 }, (_, index) => {
    const title = `${index % 2 === 0 ? 'cat' : 'dog'} ${String(index).padStart(3, '0')}`;
    return { objectUrl: `https://data.example.com/${index}.jpg`, title, imageMetadata };
  });
  await system.register({ images });
  ({ page, pageErrors } = await system.signIn(browser));
  await page.getByRole('grid').getByRole('link', { name: 'Registered', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('grid').getByRole('link', { name, exact: true });

describe('a folder with more items than are loaded', () => {
  it('deletes all that match a search, also those that the list has not loaded', async () => {
    await page.getByLabel('Search by name').fill('dog');
    await link('cat 000').waitFor({ state: 'hidden' });
    await link('dog 001').waitFor();
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check();
    await button('Select all items that match').click();
    await page.getByText('All items that match are selected').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await button('Delete').click();
    const dialog = page.getByRole('dialog', { name: 'Delete 120 items?' });
    await dialog.waitFor();
    await keepScreenshot(page, 'files-all-that-match');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Nothing found').waitFor();
    await button('Clear search and filter').click();
    await link('cat 000').waitFor();
    await page.getByText('120 images').first().waitFor();
    expect(pageErrors).toEqual([]);
  });
});
