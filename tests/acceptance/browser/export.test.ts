import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

let directory: string;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: string[];

const imageMetadata = { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 };
const textMetadata = { mimeType: 'text/plain', fileSize: 10 };
const signed = (key: string) =>
  `https://acme.s3.amazonaws.com/${key}?AWSAccessKeyId=a&Expires=4900000000&Signature=s`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  system = await startStrictSystem(directory);
  await system.register({
    images: ['cat', 'dog'].map((title) => ({ objectUrl: signed(title), title, imageMetadata })),
    text: [{ objectUrl: signed('notes'), title: 'notes', textMetadata }],
  });
  browser = await launchChromium();
  ({ page, pageErrors } = await system.signIn(browser));
  await page.getByRole('grid').getByRole('link', { name: 'Registered', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Registered' }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

/** Exports from the open dialog; answers the file that the browser saved. */
async function save(format: string): Promise<{ name: string; text: string }> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('option', { name: format }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('the export of a folder in the browser', () => {
  it('saves all that the list shows, and names what the format leaves out', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Export what the list shows' });
    await dialog.getByLabel('With signatures').check();
    const { name, text } = await save('COCO image list');
    expect(name).toBe('Registered.coco.json');
    expect(JSON.parse(text).images.map((image: { coco_url: string }) => image.coco_url)).toEqual(
      ['cat', 'dog'].map(signed),
    );
    await dialog.getByText('2 items exported, with 2 signed URLs.').waitFor();
    await dialog.getByText('Left out: 1 × Text. The format has no place for this type.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('saves selected items alone', async () => {
    await page.getByRole('checkbox', { name: 'Select dog' }).check();
    await page.getByRole('status').getByRole('button', { name: 'Export' }).click();
    const { text } = await save('Manifest (CSV)');
    expect(text).toContain('https://acme.s3.amazonaws.com/dog,dog');
    expect(text).not.toMatch(/cat|Signature/);
    await page.getByRole('dialog').getByText('1 item exported.').waitFor();
    expect(pageErrors).toEqual([]);
  });
});
