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
  const images = ['cat', 'dog', 'eel'].map((title) => ({
    objectUrl: `https://data.example.com/${title}.jpg`,
    title,
    imageMetadata,
  }));
  await system.register({ images });
  ({ page, pageErrors } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const dialog = () => page.getByRole('dialog');

async function expectAccessible(name: string): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
  await keepScreenshot(page, `datasets-${name}`);
}

async function selectInFolder(names: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Files & Folders' }).click();
  await page.getByRole('grid').getByRole('link', { name: 'Registered', exact: true }).click();
  for (const name of names) await page.getByRole('checkbox', { name: new RegExp(name) }).check();
  await button('Add to dataset').click();
}

describe('datasets', () => {
  it('are none at first', async () => {
    await page.getByRole('link', { name: 'Datasets' }).click();
    await page.getByText('No datasets yet').waitFor();
    await expectAccessible('none');
  });

  it('take what is selected in a folder, by the keyboard', async () => {
    await selectInFolder(['cat', 'dog']);
    await dialog().getByLabel('Title of the new dataset').fill('Pets');
    await expectAccessible('add');
    await page.keyboard.press('Enter');
    await dialog().getByText('2 items were added.').waitFor();
    await dialog().getByRole('button', { name: 'Done' }).press('Enter');
    await dialog().waitFor({ state: 'detached' });
  });

  it('take an item once', async () => {
    await selectInFolder(['dog', 'eel']);
    expect(await dialog().getByRole('combobox', { name: 'Dataset' }).inputValue()).toBe('Pets');
    await dialog().getByRole('button', { name: 'Add', exact: true }).click();
    await dialog().getByText('1 item was added; 1 was in the dataset already.').waitFor();
    await dialog().getByRole('link', { name: 'Open the dataset' }).click();
    await page.getByRole('heading', { level: 1, name: 'Pets' }).waitFor();
    await page.getByText('3 items').first().waitFor();
    await expectAccessible('one');
  });

  it('are named on the page of an item', async () => {
    await page.getByRole('table', { name: 'Items' }).getByRole('link', { name: 'eel', exact: true }).click();
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('link', { name: 'Pets' }).waitFor();
    await keepScreenshot(page, 'datasets-of-an-item');
    await details.getByRole('link', { name: 'Pets' }).click();
  });

  it('lose items that are taken out, which stay in their folder', async () => {
    await page.getByLabel('Select eel').check();
    await button('Take out of the dataset').click();
    await page.getByText('1 item was taken out').waitFor();
    await page.getByLabel('Select eel').waitFor({ state: 'detached' });
    await page.getByText('2 items').first().waitFor();
    expect((await system.itemOf('eel')).name).toBe('eel');
  });

  it('are renamed and deleted', async () => {
    await page.getByRole('link', { name: 'All datasets' }).click();
    await button('Actions for Pets').click();
    await page.getByRole('menuitem', { name: 'Rename and describe' }).click();
    await dialog().getByLabel('Name').fill('Cats and dogs');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('table', { name: 'Datasets' })
      .getByRole('link', { name: 'Cats and dogs' })
      .waitFor();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expectAccessible('list');
    await button('Actions for Cats and dogs').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog().getByText('2 items are in it. They stay in their folders.').waitFor();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No datasets yet').waitFor();
    expect(pageErrors).toEqual([]);
  });
});
