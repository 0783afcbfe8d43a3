import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoScene } from '@latchkey/bucket/demo-scene';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { withoutMetadata } from '../support/without-metadata.js';

const email = 'admin@example.com';
const password = 'a password of the test';
const kinds = [
  'images',
  'videos',
  'audio',
  'text',
  'pdfs',
  'scenes',
  'time_series',
  'nifti',
  'dicom_series',
] as const;
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
let directory: string;
let media: MediaBucket;
let closedBucket: Bucket;
let latchkey: LatchkeyProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-measure-'));
  media = await startMediaBucket(join(directory, 'bucket'), kinds);
  closedBucket = await startBucket({
    bucket: 'media',
    directory: join(directory, 'closed'),
    allowedOrigins: [],
    ...credentials,
  });
  latchkey = await spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(directory, 'data'),
      LATCHKEY_LOG_LEVEL: 'warn',
      LATCHKEY_ADMIN_EMAIL: email,
      LATCHKEY_ADMIN_PASSWORD: password,
    },
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(30_000);
  await page.goto(latchkey.url);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
  await create('cloud-integrations', { title: 'Strict bucket', strictClientOnly: true });
  await create('storage/folders', { name: 'Measured' });
});

afterAll(async () => {
  await browser?.close();
  await latchkey?.stop();
  await media?.bucket.close();
  await closedBucket?.close();
  await rm(directory, { recursive: true, force: true });
});

async function create(path: string, data: object): Promise<void> {
  const headers = { 'x-requested-with': 'test' };
  const answer = await page.request.post(`${latchkey.url}/v2/public/${path}`, { data, headers });
  expect(answer.status()).toBe(200);
}

/** Of the bucket whose CORS rule allows no page. */
const signClosed = (key: string) =>
  createPresigner({
    endpoint: closedBucket.origin,
    bucket: 'media',
    region: 'us-east-1',
    pathStyle: true,
    now: Date.now,
    ...credentials,
  })(key, { expiresInSeconds: 3600 });

/** Opens the dialog of the folder with this manifest; answers the part of the dialog about it. */
async function choose(name: string, manifest: object): Promise<Locator> {
  const path = join(directory, name);
  await writeFile(path, JSON.stringify(manifest));
  await page.goto(`${latchkey.url}/folders`);
  await page.getByRole('grid').getByRole('link', { name: 'Measured', exact: true }).click();
  await page.getByRole('button', { name: 'Upload files' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Add JSON or CSV files/ }).click();
  await (await chooser).setFiles(path);
  return page.getByRole('group', { name: `Media metadata of ${name}` });
}

const importButton = () => page.getByRole('dialog').getByRole('button', { name: /^Import/ });

describe('a manifest without media metadata, under strict client-only access', () => {
  it('is measured in the browser, registered, and opened', async () => {
    const units: Readonly<Record<string, object[]>> = withoutMetadata(media.manifest);
    const [first, second] = (units['images'] ?? []) as { objectUrl: string }[];
    const panel = await choose('unmeasured.json', {
      ...units,
      image_groups: [{ title: 'a pair', objectUrl_0: first?.objectUrl, objectUrl_1: second?.objectUrl }],
    });
    // A group beside them.
    const files = Object.values(units).flat().length + 1;
    const objects = media.media.length + demoScene().files.length + 2;
    await panel.getByText(`${files} files, all without media metadata`).waitFor();
    await panel.getByRole('button', { name: `Measure ${objects} files here` }).click();
    await panel.getByText(`${objects} of ${objects} measured in this browser`).waitFor();
    await importButton().click();
    await page.getByText(`${files} of ${files}: ${files} registered`).waitFor();
    await page.getByRole('link', { name: 'All files of this import' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import of unmeasured.json' }).waitFor();
    const everyFile = page.url();
    for (const [title, dimensions] of [
      ['Head phantom, CT', '128 × 128'],
      ['Head phantom with a moving ball', '64 × 76'],
    ] as const) {
      await page.goto(everyFile);
      await page.getByRole('link', { name: title, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText(dimensions, { exact: true }).first().waitFor();
    }
    await page.goto(everyFile);
    const title = media.media.find(({ kind }) => kind === 'images')?.title ?? '';
    await page.getByRole('link', { name: title, exact: true }).click();
    const image = page.locator('main img[crossorigin="anonymous"]');
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(100);
  });

  it('was asked for by the browser alone, and only in parts', () => {
    const { log } = media.bucket;
    expect(log.length).toBeGreaterThan(media.media.length);
    for (const entry of log)
      expect(entry).toMatchObject({
        method: 'GET',
        origin: latchkey.url,
        userAgent: expect.stringContaining('Chrome'),
      });
  });

  it('is cancelled, and goes on after a reload where it was left', async () => {
    const count = 1000;
    const image = media.media.find(({ kind }) => kind === 'images');
    const images: { objectUrl: string; title: string }[] = [];
    for (let index = 0; index < count; index++) {
      const key = `many/${index}.jpg`;
      await media.bucket.putObject(key, image?.filePath ?? '', 'image/jpeg');
      images.push({ objectUrl: media.sign(key, 3600), title: `image ${index}` });
    }
    const asked = () =>
      new Set(media.bucket.log.map(({ path }) => path).filter((path) => path.includes('/many/')));
    const panel = await choose('many.json', { images });
    await panel.getByRole('button', { name: 'Measure 1,000 files here' }).click();
    await panel.getByText(/^[1-9]\d* of 1,000 measured$/).waitFor();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.getByRole('button', { name: 'Go on measuring' }).waitFor();
    const before = asked();
    expect(before.size).toBeLessThan(count);
    const again = await choose('many.json', { images });
    const text = await again.getByText(/of 1,000 measured in this browser/).textContent();
    const known = Number(/^(\d+) of/.exec(text ?? '')?.[1]);
    expect(known).toBeGreaterThan(0);
    const length = media.bucket.log.length;
    await again.getByRole('button', { name: 'Go on measuring' }).click();
    await again.getByText('1,000 of 1,000 measured in this browser').waitFor();
    expect(asked().size).toBe(count);
    const since = new Set(media.bucket.log.slice(length).map(({ path }) => path));
    expect(since.size).toBe(count - known);
    await importButton().click();
    await page.getByText('1,000 of 1,000: 1,000 registered').waitFor();
  });

  it('says why a storage cannot be read from here, and what to do', async () => {
    const [image] = media.media.filter(({ kind }) => kind === 'images');
    await closedBucket.putObject('closed.jpg', image?.filePath ?? '', 'image/jpeg');
    const closed = { objectUrl: signClosed('closed.jpg'), title: 'closed' };
    const missing = { objectUrl: media.sign('missing.jpg', 3600), title: 'missing' };
    const panel = await choose('closed.json', { images: [closed, missing] });
    await panel.getByRole('button', { name: 'Measure 2 files here' }).click();
    await panel.getByText('The bucket does not allow this page to read it').waitFor();
    await panel.getByRole('button', { name: 'Copy the rule' }).waitFor();
    await panel.getByText('The object is not there').waitFor();
    const failures = panel.getByRole('table', { name: 'Files not measured' });
    await failures.getByText('not_found', { exact: true }).waitFor();
    await failures.getByText('unreachable', { exact: true }).waitFor();
  });
});

describe('a manifest that claims what is not true', () => {
  it('is found out by a sample', async () => {
    const [image, ...others] = (media.manifest['images'] ?? []) as { imageMetadata: { width: number } }[];
    const width = image?.imageMetadata.width ?? 0;
    const lie = { ...image, imageMetadata: { ...image?.imageMetadata, width: width + 1 } };
    const panel = await choose('lying.json', { images: [...others, lie] });
    await panel.getByRole('button', { name: 'Verify a sample' }).click();
    const table = panel.getByRole('table', { name: 'What is not true' });
    await table.waitFor();
    const row = table.getByRole('row').nth(1);
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      `images[${others.length}], line 1`,
      'width',
      String(width + 1),
      String(width),
    ]);
    expect(await table.getByRole('row').count()).toBe(2);
  });
});
