import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';

const admin = { email: 'admin@example.com', password: 'a password of the test' };
let directory: string;
let media: MediaBucket;
let latchkey: LatchkeyProcess;
let browser: Browser;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-browser-'));
  media = await startMediaBucket(join(directory, 'bucket'));
  latchkey = await spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(directory, 'data'),
      LATCHKEY_LOG_LEVEL: 'warn',
    },
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await latchkey?.stop();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** Opens an item of the folder by its name and waits for the element that shows its bytes. */
async function openItem(title: string): Promise<void> {
  await page.goto(`${latchkey.url}/folders`);
  await page.getByRole('grid').getByRole('link', { name: 'Street scenes', exact: true }).click();
  await page.getByLabel('Search by name').fill(title);
  await page.getByRole('grid').getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

const titlesOf = (kind: string): string[] =>
  media.media.filter((object) => object.kind === kind).map(({ title }) => title);

describe('the main job in the browser', () => {
  it('sets up the first administrator with the one-time link', async () => {
    const link = /\S+\/setup\?token=\S+/.exec(latchkey.output())?.[0];
    await page.goto(String(link));
    await page.getByLabel('E-mail address').fill(admin.email);
    await page.getByLabel('Password').first().fill(admin.password);
    await button(/create|set up/i).click();
    await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
    await page.goto(String(link));
    await page
      .getByText(/already set up|set up already|Files & Folders/i)
      .first()
      .waitFor();
  });

  it('creates a strict Direct Access integration', async () => {
    await page.goto(`${latchkey.url}/integrations`);
    await button('Add integration').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Direct Access').first().click();
    await dialog.getByLabel('Title').fill('Street bucket');
    const strict = dialog.getByLabel('Strict client-only access');
    if (!(await strict.isVisible())) await dialog.getByText('Advanced').click();
    await strict.check();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page
      .getByRole('row', { name: /Street bucket/ })
      .getByText('Client-only access')
      .waitFor();
  });

  it('creates a folder', async () => {
    await page.goto(`${latchkey.url}/folders`);
    await button('New folder').first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('Street scenes');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /create/i })
      .click();
    await page.goto(`${latchkey.url}/folders`);
    await page.getByRole('grid').getByRole('link', { name: 'Street scenes', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Street scenes' }).waitFor();
  });

  it('imports a manifest from cloud data, and shows the counts and the failed URL', async () => {
    const path = join(directory, 'manifest.json');
    const failing = { objectUrl: 'https://elsewhere.example.com/no-metadata.jpg', title: 'no metadata' };
    await writeFile(
      path,
      JSON.stringify({
        ...media.manifest,
        images: [...(media.manifest['images'] ?? []), failing],
        skip_duplicate_urls: true,
      }),
    );
    await button(/Upload files/).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Import from cloud data').first().click();
    const select = dialog
      .getByRole('combobox', { name: /Integration/ })
      .or(dialog.getByRole('textbox', { name: /Integration/ }))
      .first();
    await select.click();
    await page.getByRole('option', { name: /Street bucket/ }).click();
    await dialog.getByLabel('Ignore individual file errors').check();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: /Add JSON or CSV files/ }).click();
    await (await chooser).setFiles(path);
    await dialog.getByRole('button', { name: /^Import/ }).click();
    await dialog.getByText('no-metadata.jpg').first().waitFor();
    await dialog.getByText('images[6]').first().waitFor();
    expect(await dialog.textContent()).toContain(String(media.media.length));
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^unit-errors-.*\.csv$/);
  });

  it('shows what became of each file of the manifest, and gives the failed ones back as a manifest', async () => {
    await page.getByRole('dialog').getByRole('link', { name: 'All files of this import' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import of manifest.json' }).waitFor();
    const files = page.getByRole('table', { name: 'Files of the manifest' });
    await files.getByRole('link').first().waitFor();
    expect(await files.getByRole('link').count()).toBe(media.media.length);
    await page.getByRole('checkbox', { name: 'Failed (1)' }).press('Space');
    await files.getByText('media_metadata_missing').waitFor();
    await expect.poll(() => files.getByRole('row').count()).toBe(2);
    const download = page.waitForEvent('download');
    await button('Manifest of the failed').click();
    const manifest = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(manifest.images).toEqual([
      { objectUrl: 'https://elsewhere.example.com/no-metadata.jpg', title: 'no metadata' },
    ]);
    await page.getByRole('link', { name: 'Street scenes', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Street scenes' }).waitFor();
  });

  it('imports NDJSON, and skips what is known', async () => {
    const path = join(directory, 'again.ndjson');
    const units = Object.entries(media.manifest).flatMap(([type, elements]) =>
      elements.map((element) => ({ type, ...element })),
    );
    const lines = [{ skip_duplicate_urls: true }, ...units].map((line) => JSON.stringify(line));
    await writeFile(path, `${lines.join('\n')}\nnot JSON\n`);
    await button(/Upload files/).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ignore individual file errors').check();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: /Add JSON or CSV files/ }).click();
    await (await chooser).setFiles(path);
    const start = page.waitForRequest(/from-manifest/);
    await dialog.getByRole('button', { name: /^Import/ }).click();
    const headers = await (await start).allHeaders();
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(headers['idempotency-key']).toBeTruthy();
    const count = media.media.length;
    await dialog
      .getByText(`${count + 1} of ${count + 1}: 0 registered, ${count} skipped, 1 failed`)
      .waitFor();
    await dialog.getByText(`line ${count + 2}, column 1`, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('imports image sequences and groups', async () => {
    const images = (media.manifest['images'] ?? []) as { objectUrl: string; imageMetadata: object }[];
    const listed = images.map(({ objectUrl, imageMetadata }) => ({ url: objectUrl, imageMetadata }));
    const path = join(directory, 'groups.json');
    const groups = [
      { title: 'a sequence', createVideo: true, images: listed },
      { title: 'a group', images: listed.slice(0, 2) },
    ];
    await writeFile(path, JSON.stringify({ image_groups: groups }));
    await button(/Upload files/).click();
    const dialog = page.getByRole('dialog');
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: /Add JSON or CSV files/ }).click();
    await (await chooser).setFiles(path);
    await dialog.getByRole('button', { name: /^Import/ }).click();
    await dialog.getByText(/2 of 2: 2 registered/).waitFor();
    await page.keyboard.press('Escape');
  });

  it('tells of the job in notifications that survive a reload', async () => {
    await page.reload();
    await button(/notification/i).click();
    await page.getByText('manifest.json').first().waitFor();
  });

  it.each(['images'])('shows each of the %s, straight from the bucket in CORS mode', async (kind) => {
    for (const title of titlesOf(kind)) {
      await openItem(title);
      const image = page.locator('main img[crossorigin="anonymous"]');
      await expect
        .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth), {
          timeout: 20_000,
        })
        .toBeGreaterThan(100);
      // Reading a pixel throws for an image that was not loaded in CORS mode.
      const pixel = await image.evaluate((element) => {
        const canvas = document.createElement('canvas');
        const context = canvas.getContext('2d');
        context?.drawImage(element as HTMLImageElement, 0, 0);
        return context?.getImageData(10, 10, 1, 1).data[3];
      });
      expect(pixel).toBe(255);
    }
  });

  it('plays a sequence to its end, frame by frame, with the keyboard alone', async () => {
    await openItem('a sequence');
    const count = titlesOf('images').length;
    const player = page.getByRole('group', { name: 'Images of a sequence' });
    const image = player.locator('img[crossorigin="anonymous"]');
    const width = () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
    await expect.poll(width).toBeGreaterThan(100);
    await player.getByRole('group', { name: /^Image:/ }).focus();
    await page.keyboard.press('.');
    await player.getByText(`2 of ${count}`).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await player.getByText(`${count} of ${count}`).waitFor();
    await player.getByRole('button', { name: 'Play (space)' }).waitFor();
    await expect.poll(width).toBeGreaterThan(100);
  });

  it.each(['videos', 'audio'])('plays and seeks each of the %s', async (kind) => {
    for (const title of titlesOf(kind)) {
      await openItem(title);
      const player = page.locator(
        kind === 'videos' ? 'main video[crossorigin="anonymous"]' : 'main audio[crossorigin="anonymous"]',
      );
      await expect
        .poll(() => player.evaluate((element) => (element as HTMLMediaElement).readyState), {
          timeout: 20_000,
        })
        .toBeGreaterThanOrEqual(2);
      const reached = await player.evaluate(async (element) => {
        const media = element as HTMLMediaElement;
        const seeked = new Promise((resolve) => media.addEventListener('seeked', resolve, { once: true }));
        media.currentTime = media.duration / 2;
        await seeked;
        return media.currentTime / media.duration;
      });
      expect(reached).toBeCloseTo(0.5, 1);
      if (kind === 'audio') await page.getByText('Drawing the waveform').waitFor({ state: 'detached' });
    }
  });

  it('shows each text', async () => {
    for (const title of titlesOf('text')) {
      await openItem(title);
      await expect
        .poll(async () => (await page.getByRole('region', { name: 'Viewer' }).textContent())?.length ?? 0, {
          timeout: 20_000,
        })
        .toBeGreaterThan(100);
    }
  });

  it('draws the first page of each PDF', async () => {
    for (const title of titlesOf('pdfs')) {
      await openItem(title);
      const canvas = page.locator('main canvas').first();
      const dark = () =>
        canvas.evaluate((element) => {
          const { width, height } = element as HTMLCanvasElement;
          const data =
            (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
          let count = 0;
          for (let at = 0; at < data.length; at += 4)
            if ((data[at] ?? 255) < 128 && (data[at + 3] ?? 0) > 128) count += 1;
          return count;
        });
      await expect.poll(dark, { timeout: 20_000 }).toBeGreaterThan(200);
    }
  });

  it('asked the bucket for every object from the browser, and from nowhere else', () => {
    const { log } = media.bucket;
    const asked = new Set(log.map(({ path }) => decodeURIComponent(path)));
    for (const { key } of media.media) expect(asked).toContain(`/media/${key}`);
    for (const entry of log) {
      expect(entry).toMatchObject({
        method: 'GET',
        origin: new URL(latchkey.url).origin,
        userAgent: expect.stringContaining('Chrome'),
      });
      // 304: the browser asked whether what it has is still good.
      expect([200, 206, 304]).toContain(entry.status);
    }
  });

  it('loads nothing that its security policy refuses, and throws no error in the page', () => {
    expect(pageErrors).toEqual([]);
  });
});
