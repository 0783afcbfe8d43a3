import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

/** Of JavaScript, as the server sends it with gzip, until a page of the app stands with all that it shows by itself. */
const budget = 250 * 1024;

let directory: string;
let system: StrictSystem;
let browser: Browser;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-first-load-'));
  [system, browser] = await Promise.all([startStrictSystem(directory), launchChromium()]);
  const imageMetadata = { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 };
  await system.register({ images: [{ objectUrl: 'https://a.example/cat', title: 'cat', imageMetadata }] });
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await rm(directory, { recursive: true, force: true });
});

it(`a folder is shown with at most ${budget / 1024} KB of packed JavaScript`, async () => {
  const { page } = await system.signIn(browser);
  const { parent } = await system.itemOf('cat');
  await page.goto(`${system.latchkey.url}/folders/${parent}`);
  await page.getByRole('grid').getByRole('link', { name: 'cat', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Notifications/ }).waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const scripts = loaded.filter((url) => new URL(url).pathname.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(1);
  const sizes = await Promise.all(
    scripts.map(async (url) => {
      const { headers } = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
      return Number(headers.get('content-length'));
    }),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeLessThanOrEqual(budget);
});
