import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

const lifeSeconds = 30;
let directory: string;
let media: MediaBucket;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: readonly string[];
/** Of the storage. */
let bytesPerSecond = Number.POSITIVE_INFINITY;
let clockAheadMs = 0;
const storageNow = () => Date.now() + clockAheadMs;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-resume-'));
  const options = { bytesPerSecond: () => bytesPerSecond, now: storageNow };
  [media, system, browser] = await Promise.all([
    startMediaBucket(join(directory, 'bucket'), ['nifti', 'videos'], 'any', options),
    startStrictSystem(directory),
    launchChromium({ webGl: true }),
  ]);
  ({ page, pageErrors } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const pointCount = 60_000;

function pointCloud(): Buffer {
  const header = `VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH ${pointCount}\nHEIGHT 1\nPOINTS ${pointCount}\nDATA binary\n`;
  const points = Float32Array.from({ length: pointCount * 3 }, (_, at) => Math.sin(at));
  return Buffer.concat([Buffer.from(header), Buffer.from(points.buffer)]);
}

const rowCount = 40_000;
const timeSeries = () =>
  Buffer.from(`time_s,value\n${Array.from({ length: rowCount }, (_, at) => `${at},${at % 97}\n`).join('')}`);

async function volume(): Promise<Buffer> {
  const path = media.media.find(({ kind }) => kind === 'nifti')?.filePath ?? '';
  return gunzipSync(await readFile(path));
}

interface Slow {
  readonly kind: 'scenes' | 'time_series' | 'nifti';
  readonly bytes: () => Buffer | Promise<Buffer>;
  readonly metadata: (fileSize: number) => object;
  /** What the page says once the whole object is shown. */
  readonly shown: string;
}

const mimeType = 'application/octet-stream';
const slowObjects: readonly Slow[] = [
  {
    kind: 'scenes',
    bytes: pointCloud,
    metadata: (fileSize) => ({ pointCloudMetadata: { fileSize, mimeType, numPoints: pointCount } }),
    shown: '60,000 points · PCD (binary)',
  },
  {
    kind: 'time_series',
    bytes: timeSeries,
    metadata: (fileSize) => ({ timeSeriesMetadata: { fileSize, mimeType } }),
    shown: '40,000 rows',
  },
  {
    kind: 'nifti',
    bytes: volume,
    metadata: (fileSize) => ({
      niftiMetadata: { fileSize, mimeType, width: 64, height: 76, depth: 56, numVolumes: 4 },
    }),
    shown: 'Voxel 33, 39, 29: 38',
  },
];

/** Of the page, oldest first. */
const requestsOf = (key: string) =>
  media.bucket.log.filter(
    ({ path, userAgent }) => path.endsWith(`/${key}`) && userAgent?.includes('Chrome') === true,
  );

/** Lets the URLs that were signed so far die, and gives the item a new one. */
async function renew(kind: string, unit: { readonly objectUrl: string }, key: string): Promise<void> {
  clockAheadMs += lifeSeconds * 1000;
  expect((await fetch(unit.objectUrl)).status).toBe(403);
  const objectUrl = media.sign(key, 3600, storageNow());
  await system.register({ skip_duplicate_urls: true, [kind]: [{ ...unit, objectUrl }] });
}

describe('a download that breaks off when its URL has expired', () => {
  it.each(slowObjects)(
    'of $kind goes on by a new URL where it was',
    async ({ kind, bytes, metadata, shown }) => {
      const key = `slow/${kind}`;
      const content = await bytes();
      await media.bucket.putObject(key, content, mimeType);
      const objectUrl = media.sign(key, lifeSeconds, storageNow());
      const unit = { objectUrl, title: `slow ${kind}`, ...metadata(content.length) };
      await system.register({ [kind]: [unit] });
      bytesPerSecond = content.length / 10;
      await page.goto(await system.addressOf(unit.title));
      await page.getByText(/^[\d.]+ [kM]B of [\d.]+ [kM]B loaded$/).waitFor();
      await renew(kind, unit, key);
      bytesPerSecond = Number.POSITIVE_INFINITY;
      media.bucket.cutConnections();
      await page.getByText(shown).first().waitFor();
      const [first, second, ...others] = requestsOf(key);
      expect(first).toMatchObject({ status: 200, range: null, aborted: true });
      const from = Number(/^bytes=(\d+)-$/.exec(second?.range ?? '')?.[1]);
      expect(from).toBeGreaterThan(0);
      expect(second).toMatchObject({ status: 206, bytesSent: content.length - from });
      expect(others).toEqual([]);
    },
  );
});

it('a film whose URL expires while it is loaded stays where it was', async () => {
  const film = media.media.find(({ key }) => key === 'videos/life.webm');
  if (film?.kind !== 'videos') throw new Error('The demo has no such film.');
  const { videoMetadata, filePath, contentType } = film;
  const key = 'slow/film.webm';
  await media.bucket.putObject(key, filePath, contentType);
  const unit = { objectUrl: media.sign(key, lifeSeconds, storageNow()), title: 'slow film', videoMetadata };
  await system.register({ videos: [unit] });
  bytesPerSecond = videoMetadata.fileSize / 10;
  await page.goto(await system.addressOf(unit.title));
  const video = page.locator('main video');
  const stateOf = () =>
    video.evaluate(({ currentTime, readyState, error }: HTMLVideoElement) => ({
      currentTime,
      readyState,
      isBroken: error !== null,
    }));
  await expect.poll(async () => (await stateOf()).readyState).toBeGreaterThanOrEqual(2);
  await video.evaluate((element: HTMLVideoElement) => {
    element.currentTime = 5;
  });
  await renew('videos', unit, key);
  bytesPerSecond = Number.POSITIVE_INFINITY;
  media.bucket.cutConnections();
  await expect.poll(stateOf).toEqual({ currentTime: 5, readyState: 4, isBroken: false });
  const statuses = requestsOf(key).map(({ status }) => status);
  expect(statuses).toContain(403);
  // 304: the browser had kept all of it, and asked whether it still holds.
  expect([200, 206, 304]).toContain(statuses.at(-1));
});

it('threw no error in the page', () => expect(pageErrors).toEqual([]));
