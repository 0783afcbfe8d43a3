import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
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
let dialog: Locator;

const imageMetadata = { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 };
const signed = (key: string, expires: number) =>
  `https://acme.s3.amazonaws.com/${key}?AWSAccessKeyId=a&Expires=${expires}&Signature=topsecret`;
const image = (key: string, expires = 4900000000) => ({
  objectUrl: signed(key, expires),
  title: key,
  imageMetadata,
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  await system.register({ images: ['cat', 'dog'].map((title) => image(title, 4800000000)) });
  ({ page, pageErrors } = await system.signIn(browser));
  await page.getByRole('grid').getByRole('link', { name: 'Registered', exact: true }).click();
  await page.getByRole('button', { name: 'Upload files' }).click();
  dialog = page.getByRole('dialog', { name: /^Upload files to/ });
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

async function add(name: string, manifest: object): Promise<Locator> {
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Add JSON or CSV files' }).click();
  const buffer = Buffer.from(JSON.stringify(manifest));
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer });
  return dialog.getByRole('group', { name: `Preview of ${name}`, exact: true });
}

describe('the preview of an upload', () => {
  it('says what the import would do, and sends no URL for it', async () => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const preview = await add('manifest.json', {
      images: [image('cat'), image('new'), image('dead', 1700000000), { objectUrl: 'nothing', title: 'bad' }],
      pdfs: [{ objectUrl: signed('handbook', 4900000000), pdfMetadata: { fileSize: 9, numPages: 2 } }],
    });
    await preview.getByText('Nothing would be registered: 2 files would fail.').waitFor();
    await preview.getByText('The folder has 1 of these files already: they would').waitFor();
    await preview.getByText('1 URL has expired').waitFor();
    expect(await preview.getByRole('list', { name: 'Files by type' }).textContent()).toMatch(
      /Image: 3\s*PDF: 1/,
    );
    await preview.getByRole('button', { name: '1 file with errors' }).click();
    await preview.getByText('images[3].objectUrl, line 1, column').waitFor();
    expect(sent.some((request) => request.includes('/known-objects'))).toBe(true);
    expect(sent.filter((request) => /acme|topsecret/.test(request))).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
    await keepScreenshot(page, 'upload-preview');
  });

  it('follows the settings', async () => {
    await dialog.getByLabel('Ignore individual file errors').check();
    await dialog.getByLabel('Skip files that the folder has already').check();
    await dialog.getByLabel('Register files whose URL has expired').check();
    await dialog.getByText('3 files would be registered, 1 skipped, 1 would fail.').waitFor();
    await dialog.getByText('1 of them would get a URL that lives longer.').waitFor();
  });

  it('is true: importing does what it said', async () => {
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('Finished, 1 file could not be registered').first().waitFor();
    await dialog
      .getByText(/3 registered, 1 skipped \(1 with a renewed URL\), 1 failed/)
      .first()
      .waitFor();
    expect(pageErrors).toEqual([]);
  });

  it('is sent when the network is back', async () => {
    await dialog.getByRole('button', { name: 'Import more files' }).click();
    const preview = await add('later.json', { images: [image('later')] });
    await preview.getByText('1 file would be registered').waitFor();
    await page.context().setOffline(true);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('Paused: the server cannot be reached.').waitFor();
    await page.context().setOffline(false);
    await dialog
      .getByText(/1 registered/)
      .first()
      .waitFor();
    expect(pageErrors).toEqual([]);
  });
});
