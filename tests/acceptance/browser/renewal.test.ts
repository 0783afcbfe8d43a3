import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

const count = 10_000;
const lifeSeconds = 900;
/** A GIF of one pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const imageMetadata = { mimeType: 'image/gif', fileSize: pixel.length, width: 1, height: 1 };

let directory: string;
let media: MediaBucket;
let system: StrictSystem;
let browser: Browser;
/** Of the storage, which is where URLs die. */
let clockAheadMs = 0;
const storageNow = () => Date.now() + clockAheadMs;

const numbers = Array.from({ length: count }, (_, number) => number);
const keyOf = (number: number): string => `street/${String(number).padStart(5, '0')}.gif`;
const images = (signedFor: number) =>
  numbers.map((number) => ({
    objectUrl: media.sign(keyOf(number), signedFor),
    title: keyOf(number),
    imageMetadata,
  }));

/** As many at a time as a browser has tabs open. */
async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

/** By status, how many of the URLs. */
async function openAll(urls: readonly string[]): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  await inTurns(urls, async (url) => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(url, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.on('error', reject).end();
    });
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  return statuses;
}

async function registeredUrls(): Promise<string[]> {
  const { content } = await system.folder.export({ format: 'manifest-json', withSignatures: true });
  const manifest = (await json(content)) as { images: { objectUrl: string }[] };
  return manifest.images.map(({ objectUrl }) => objectUrl);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-renewal-'));
  [media, system, browser] = await Promise.all([
    startMediaBucket(join(directory, 'bucket'), [], 'any', { now: storageNow }),
    startStrictSystem(directory),
    launchChromium(),
  ]);
  await inTurns(numbers, async (number) => {
    await media.bucket.putObject(keyOf(number), pixel, 'image/gif');
  });
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

it('10,000 objects that are signed anew are renewed, none is created, and all open when the old URLs are dead', async () => {
  const first = await system.register({ images: images(lifeSeconds) });
  expect(first).toMatchObject({ unitsDoneCount: count, unitsRenewedCount: 0 });
  const before = await registeredUrls();
  const uuid = (await system.itemOf(keyOf(7))).uuid;

  const again = await system.register({ skip_duplicate_urls: true, images: images(86_400) });
  expect(again).toMatchObject({
    unitsTotalCount: count,
    unitsDoneCount: 0,
    unitsSkippedCount: count,
    unitsRenewedCount: count,
    unitsErrorCount: 0,
  });
  const after = await registeredUrls();
  expect(new Set([...before, ...after]).size).toBe(2 * count);
  expect((await system.itemOf(keyOf(7))).uuid).toBe(uuid);

  clockAheadMs = lifeSeconds * 1000;
  expect(await openAll(before.slice(0, 100))).toEqual({ 403: 100 });
  expect(await openAll(after)).toEqual({ 200: count });

  const { page } = await system.signIn(browser);
  for (const number of [0, 4999, 9999]) {
    await page.goto(await system.addressOf(keyOf(number)));
    const image = page.getByRole('img', { name: keyOf(number) });
    await image.waitFor();
    expect(await image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(1);
  }
}, 240_000);
