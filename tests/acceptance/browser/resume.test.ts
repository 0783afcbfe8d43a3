import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pdfBytes } from '@latchkey/probe/testing/pdf-bytes';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
    startMediaBucket(join(directory, 'bucket'), ['nifti', 'videos', 'dicom_series'], 'any', options),
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

afterEach(() => {
  bytesPerSecond = Number.POSITIVE_INFINITY;
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

function slice() {
  const object = media.media.find(({ kind }) => kind === 'dicom_series');
  if (object?.kind !== 'dicom_series') throw new Error('The demo has no DICOM series.');
  return object;
}

interface Slow {
  readonly kind: 'scenes' | 'time_series' | 'nifti' | 'dicom_series';
  readonly bytes: () => Buffer | Promise<Buffer>;
  readonly unit: (objectUrl: string, fileSize: number) => object;
  /** What the page shows while the object is on its way. */
  readonly loading: () => Locator;
  /** What it says once the whole object is shown. */
  readonly shown: string | RegExp;
}

const mimeType = 'application/octet-stream';
const loading = () => page.getByText(/^[\d.]+ [kM]B of [\d.]+ [kM]B loaded$/);
const slowObjects: readonly Slow[] = [
  {
    kind: 'scenes',
    bytes: pointCloud,
    unit: (objectUrl, fileSize) => ({
      objectUrl,
      pointCloudMetadata: { fileSize, mimeType, numPoints: pointCount },
    }),
    loading,
    shown: '60,000 points · PCD (binary)',
  },
  {
    kind: 'time_series',
    bytes: timeSeries,
    unit: (objectUrl, fileSize) => ({ objectUrl, timeSeriesMetadata: { fileSize, mimeType } }),
    loading,
    shown: '40,000 rows',
  },
  {
    kind: 'nifti',
    bytes: volume,
    unit: (objectUrl, fileSize) => ({
      objectUrl,
      niftiMetadata: { fileSize, mimeType, width: 64, height: 76, depth: 56, numVolumes: 4 },
    }),
    loading,
    shown: 'Voxel 33, 39, 29: 38',
  },
  {
    kind: 'dicom_series',
    bytes: () => readFile(slice().filePath),
    unit: (url) => ({ dicomFiles: [{ url, dicomMetadata: slice().dicomMetadata }] }),
    loading: () => page.getByLabel('Loading the slice'),
    shown: /^W \d+ L \d+/,
  },
];

/** Of the page, oldest first. */
const requestsOf = (key: string) =>
  media.bucket.log.filter(
    ({ path, userAgent }) => path.endsWith(`/${key}`) && userAgent?.includes('Chrome') === true,
  );

/** Lets the URL die, and gives the item a new one. */
async function renew(
  { kind, url, key }: { readonly kind: string; readonly url: string; readonly key: string },
  unitOf: (objectUrl: string) => object,
): Promise<void> {
  clockAheadMs += lifeSeconds * 1000;
  expect((await fetch(url)).status).toBe(403);
  await system.register({ skip_duplicate_urls: true, [kind]: [unitOf(media.sign(key, 3600, storageNow()))] });
}

/** Lets what is under way break off in a storage that answers at full speed from now on. */
function breakOff(): void {
  bytesPerSecond = Number.POSITIVE_INFINITY;
  media.bucket.cutConnections();
}

describe('a download that breaks off when its URL has expired', () => {
  it.each(slowObjects)('of $kind goes on by a new URL where it was', async (slow) => {
    const { kind } = slow;
    const key = `slow/${kind}`;
    const content = await slow.bytes();
    await media.bucket.putObject(key, content, mimeType);
    const url = media.sign(key, lifeSeconds, storageNow());
    const title = `slow ${kind}`;
    const unitOf = (objectUrl: string) => ({ title, ...slow.unit(objectUrl, content.length) });
    await system.register({ [kind]: [unitOf(url)] });
    bytesPerSecond = content.length / 10;
    await page.goto(await system.addressOf(title));
    await slow.loading().waitFor();
    await expect.poll(() => requestsOf(key)).toHaveLength(1);
    await renew({ kind, url, key }, unitOf);
    breakOff();
    await page.getByText(slow.shown).first().waitFor();
    const [first, second, ...others] = requestsOf(key);
    expect(first).toMatchObject({ status: 200, range: null, aborted: true });
    const from = Number(/^bytes=(\d+)-$/.exec(second?.range ?? '')?.[1]);
    expect(from).toBeGreaterThan(0);
    expect(second).toMatchObject({ status: 206, bytesSent: content.length - from });
    expect(others).toEqual([]);
  });
});

describe('an object that is read by ranges, whose URL expires between two of them', () => {
  const megabyte = 1024 * 1024;
  /** Where the parts begin that were answered. */
  const startsOf = (key: string) =>
    requestsOf(key)
      .filter(({ status }) => status === 206)
      .map(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1]));

  it('a text goes on with the part that broke off', async () => {
    const key = 'slow/text.txt';
    const content = Buffer.from(`${'a line of the text\n'.repeat(80_000)}the end`);
    await media.bucket.putObject(key, content, 'text/plain');
    const url = media.sign(key, lifeSeconds, storageNow());
    const textMetadata = { fileSize: content.length, mimeType: 'text/plain' };
    const unitOf = (objectUrl: string) => ({ objectUrl, title: 'slow text', textMetadata });
    await system.register({ text: [unitOf(url)] });
    await page.goto(await system.addressOf('slow text'));
    const more = page.getByRole('button', { name: 'Load more' });
    await more.waitFor();
    bytesPerSecond = 50_000;
    await more.click();
    await expect.poll(() => requestsOf(key)).toHaveLength(2);
    await renew({ kind: 'text', url, key }, unitOf);
    breakOff();
    await more.waitFor({ state: 'detached' });
    await page.getByText('a line of the text').first().waitFor();
    expect(startsOf(key)).toEqual([0, megabyte, megabyte]);
  });

  it('a PDF stays on its page', async () => {
    const key = 'slow/pages.pdf';
    const content = Buffer.from(pdfBytes({ pages: 4, bytesPerPage: 400_000 }));
    await media.bucket.putObject(key, content, 'application/pdf');
    const url = media.sign(key, lifeSeconds, storageNow());
    const pdfMetadata = { fileSize: content.length, numPages: 4 };
    const unitOf = (objectUrl: string) => ({ objectUrl, title: 'slow pages', pdfMetadata });
    await system.register({ pdfs: [unitOf(url)] });
    // The whole file is not there before the viewer has seen that it can ask for ranges, and ends that request.
    bytesPerSecond = 2_000_000;
    await page.goto(await system.addressOf('slow pages'));
    const pageOf = (number: number) => page.locator(`[data-page-number="${number}"] canvas`);
    await pageOf(1).waitFor();
    const before = requestsOf(key).length;
    bytesPerSecond = 50_000;
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect.poll(() => requestsOf(key).length).toBeGreaterThan(before);
    await renew({ kind: 'pdfs', url, key }, unitOf);
    const ranges = startsOf(key).length;
    breakOff();
    await pageOf(2).waitFor();
    await page.getByText('of 4').waitFor();
    expect(startsOf(key).length).toBeGreaterThan(ranges);
  });
});

it('a film whose URL expires while it is loaded stays where it was', async () => {
  const film = media.media.find(({ key }) => key === 'videos/life.webm');
  if (film?.kind !== 'videos') throw new Error('The demo has no such film.');
  const { videoMetadata, filePath, contentType } = film;
  const key = 'slow/film.webm';
  await media.bucket.putObject(key, filePath, contentType);
  const url = media.sign(key, lifeSeconds, storageNow());
  const unitOf = (objectUrl: string) => ({ objectUrl, title: 'slow film', videoMetadata });
  await system.register({ videos: [unitOf(url)] });
  bytesPerSecond = videoMetadata.fileSize / 10;
  await page.goto(await system.addressOf('slow film'));
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
  await renew({ kind: 'videos', url, key }, unitOf);
  breakOff();
  await expect.poll(stateOf).toEqual({ currentTime: 5, readyState: 4, isBroken: false });
  const statuses = requestsOf(key).map(({ status }) => status);
  expect(statuses).toContain(403);
  // 304: the browser had kept all of it, and asked whether it still holds.
  expect([200, 206, 304]).toContain(statuses.at(-1));
});

it('threw no error in the page', () => {
  // A rejection without a stack that pdf.js leaves unhandled when a range breaks off, besides what the viewer is told.
  expect(pageErrors.filter((message) => message !== 'UnknownErrorException')).toEqual([]);
});
