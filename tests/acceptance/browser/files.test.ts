import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { layoutShifts, watchLayoutShifts } from '../support/layout-shift.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

let directory: string;
let media: MediaBucket;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  media = await startMediaBucket(join(directory, 'bucket'), ['images', 'videos']);
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
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('grid').getByRole('link', { name, exact: true });

const focusedRow = () => page.evaluate(() => document.activeElement?.closest('[data-index]')?.textContent);

describe('a folder with more items than are loaded', () => {
  it.each([
    ['td', '?view=tiles'],
    ['tr', ''],
  ])('is gone through from both ends by keyboard, %s by %s', async (row, query) => {
    await page.goto(`${page.url().split('?')[0]}${query}`);
    await page.locator(`${row}[data-index="0"]`).focus();
    await page.keyboard.press('End');
    await expect.poll(focusedRow).toContain('dog 239');
    await page.getByText('The last 100 rows; scroll up for more.').waitFor();
    await page.keyboard.press('Home');
    await expect.poll(focusedRow).toContain('cat 000');
    await button('Go to the end').click();
    await link('dog 239').waitFor();
    await page.locator('[data-index="99"]').focus();
    const isAllLoaded = async () => {
      await page.keyboard.press('PageUp');
      return page.getByText('240 rows.').isVisible();
    };
    await expect.poll(isAllLoaded).toBe(true);
    expect(await focusedRow()).toMatch(/^(cat|dog) /);
    await keepScreenshot(page, `files-from-the-end-${row}`);
    await page.keyboard.press('End');
    await expect.poll(focusedRow).toContain('dog 239');
  });

  it('edits the client metadata of all that match a search, and adds them to a dataset', async () => {
    await page.getByLabel('Search by name').fill('dog');
    await link('cat 000').waitFor({ state: 'hidden' });
    await link('dog 001').waitFor();
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).check();
    await button('Select all items that match').click();
    await button('Edit metadata').click();
    const edit = page.getByRole('dialog', { name: 'Client metadata of 120 items' });
    await edit.getByLabel('Keys to set').fill('{ "camera": "left" }');
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'files-metadata-of-all-that-match');
    await edit.getByRole('button', { name: 'Change 120 items' }).click();
    await edit.getByText('120 items were changed.').waitFor();
    await keepScreenshot(page, 'files-metadata-of-all-that-match-done');
    await edit.getByRole('button', { name: 'Done' }).click();
    expect(JSON.parse((await system.itemOf('dog 239')).clientMetadata)).toEqual({ camera: 'left' });
    await button('Add to dataset').click();
    const add = page.getByRole('dialog', { name: 'Add 120 items to a dataset' });
    await add.getByLabel('Title of the new dataset').fill('Dogs');
    await add.getByRole('button', { name: 'Add', exact: true }).click();
    await add.getByText('120 items were added.').waitFor();
    await add.getByRole('button', { name: 'Done' }).click();
    await button('Take out of dataset').click();
    const removal = page.getByRole('dialog', { name: 'Take 120 items out of a dataset' });
    expect(await violationsOf(page)).toEqual([]);
    await removal.getByRole('button', { name: 'Take out' }).click();
    await removal.getByText('120 items were taken out.').waitFor();
    await removal.getByRole('button', { name: 'Done' }).click();
    await button('Clear').click();
    await page.getByLabel('Search by name').fill('');
    await link('cat 000').waitFor();
  });

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

describe('the rows of a list', () => {
  beforeAll(() => system.register(media.manifest));
  beforeEach(async () => {
    await page.goto(page.url().split('?')[0] ?? '');
  });

  it('are tiles with thumbnails that this browser draws, until the table is chosen again', async () => {
    const images = media.media.filter(({ kind }) => kind === 'images').map(({ title }) => title);
    await page.getByLabel('Types of items').first().click();
    await page.getByRole('option', { name: 'Video' }).click();
    await page.keyboard.press('Escape');
    await button('As tiles with thumbnails').click();
    await expect.poll(() => page.locator('td canvas').count()).toBe(media.media.length - images.length);
    expect(page.url()).toContain('view=tiles');
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'files-tiles');
    await button('As a table').click();
    await page.getByRole('columnheader', { name: 'Name' }).waitFor();
  });

  it('are sorted by when their URLs expire, those that never do last, and turned around', async () => {
    const header = page.getByRole('columnheader', { name: 'URL expires' });
    await header.getByRole('button').press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    const last = link('cat 000');
    const first = media.media[0]?.title ?? '';
    await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain(first);
    expect(page.url()).toContain('order=expiresAt');
    await header.getByRole('button').press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    await last.waitFor({ state: 'hidden' });
    await page.getByText('those that expire at no known time come last').waitFor();
  });

  it('are renamed in place', async () => {
    await link('cat 000').waitFor();
    await page.getByRole('row', { name: 'cat 000' }).focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'New name of cat 000' }).fill('a renamed cat');
    await page.keyboard.press('Enter');
    await link('a renamed cat').waitFor();
    expect((await system.itemOf('a renamed cat')).name).toBe('a renamed cat');
  });

  it('are moved by dragging them onto a folder, and back', async () => {
    await button('New folder').click();
    await page.getByRole('dialog').getByLabel('Name').fill('Elsewhere');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Elsewhere' }).waitFor();
    await page.goBack();
    await link('Elsewhere').waitFor();
    await page.getByRole('row', { name: 'cat 002' }).dragTo(page.getByRole('row', { name: 'Elsewhere' }));
    await page.getByText('1 item moved.').waitFor();
    await link('cat 002').waitFor({ state: 'hidden' });
    await keepScreenshot(page, 'files-moved');
    await button('Undo').click();
    await link('cat 002').waitFor();
  });

  it('get client metadata together, told before to how many, and their pages say so', async () => {
    for (const name of ['Three embers', 'cat 006'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    await button('Edit metadata').click();
    const dialog = page.getByRole('dialog', { name: 'Client metadata of 2 items' });
    await dialog.getByLabel('Keys to set').fill('{ "camera": "left" }');
    await dialog.getByText('camera is added to 2 items').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'files-metadata');
    await dialog.getByRole('button', { name: 'Change 2 items' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(JSON.parse((await system.itemOf('cat 006')).clientMetadata)).toEqual({ camera: 'left' });
    await link('Three embers').click();
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByText('Client metadata: set camera').waitFor();
    await details.getByText('Registered', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Viewer' }).locator('img').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await details.getByRole('heading', { name: 'History' }).scrollIntoViewIfNeeded();
    await keepScreenshot(page, 'files-item-history');
    await page.goBack();
    await link('Three embers').waitFor();
  });

  it('have keys, which a sheet lists', async () => {
    await page.getByRole('row', { name: 'Elsewhere' }).focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Select all rows that are loaded').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'files-shortcuts');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    expect(pageErrors).toEqual([]);
  });
});

/** Cumulative layout shift; up to 0.1 is held to be good. A line of text that comes late is more than this. */
const allowedShift = 0.004;

describe.each([
  { device: 'a desktop', viewport: { width: 1280, height: 900 } },
  { device: 'a tablet', viewport: { width: 834, height: 1112 } },
])('on $device', ({ device, viewport }) => {
  beforeAll(async () => {
    await watchLayoutShifts(page);
    await page.setViewportSize(viewport);
  });

  it('nothing moves while a folder, its tiles and an item load', async () => {
    const { parent, uuid } = await system.itemOf('Three embers');
    const paths = {
      folder: `/folders/${parent}`,
      tiles: `/folders/${parent}?view=tiles`,
      item: `/items/${uuid}`,
    };
    for (const [screen, path] of Object.entries(paths)) {
      await page.goto(`${system.latchkey.url}${path}`);
      const { total, moved } = await layoutShifts(page);
      expect(total, `${screen}: ${moved}`).toBeLessThanOrEqual(allowedShift);
      await keepScreenshot(page, `files-${screen}-on-${device.replaceAll(' ', '-')}`);
    }
  });
});
