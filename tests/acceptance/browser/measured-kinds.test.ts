import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoObject } from '@latchkey/bucket/demo-media';
import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import type { Item } from '@latchkey/contract/schemas/item';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/accessibility.js';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { pictureOf } from '../support/pixels.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type System, startSystem } from '../support/system.js';
import { withoutMetadata } from '../support/without-metadata.js';

const mediaKinds = [
  'images',
  'videos',
  'audio',
  'text',
  'pdfs',
  'nifti',
  'dicom_series',
  'scenes',
  'time_series',
] as const;
let directory: string;
let media: MediaBucket;
let system: System;
let browser: Browser;
let page: Page;
let pageErrors: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-measured-'));
  [media, system, browser] = await Promise.all([
    startMediaBucket(join(directory, 'bucket'), mediaKinds),
    startSystem(directory, {
      strictClientOnly: false,
      environment: { LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8' },
    }),
    launchChromium({ webGl: true }),
  ]);
  const measured = withoutMetadata(media.manifest);
  const [first, second] = (measured['images'] ?? []) as { objectUrl: string }[];
  const group = { title: 'A pair', objectUrl_0: first?.objectUrl, objectUrl_1: second?.objectUrl };
  await system.register({ ...measured, image_groups: [group] });
  const uuids = await Promise.all(
    ['Mandelbrot, Seahorse Valley', 'Spoken welcome'].map(async (title) => (await system.itemOf(title)).uuid),
  );
  await system.register({
    image_groups_from_items: [{ title: 'Of items', imageItems: uuids.slice(0, 1), createVideo: false }],
    data_groups: [{ title: 'Side by side', layout: 'default-grid', layoutContents: uuids }],
  });
  ({ page, pageErrors } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

/** One unit of a kind: what the server is to measure, and how the page shows its bytes. */
interface KindCase {
  readonly title: string;
  readonly facts: () => Partial<Item>;
  readonly isShown: () => Promise<void>;
}

function demoObject<Kind extends DemoObject['kind']>(
  kind: Kind,
  title: string,
): Extract<DemoObject, { kind: Kind }> {
  const isIt = (each: DemoObject): each is Extract<DemoObject, { kind: Kind }> =>
    each.kind === kind && each.title === title;
  const found = media.media.find(isIt);
  if (!found) throw new Error(`No demo object of ${kind} is called "${title}".`);
  return found;
}

const viewer = () => page.getByRole('region', { name: 'Viewer' });
const isLoaded = (image: Locator) =>
  expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(100);
const isPlayable = (player: Locator) =>
  expect
    .poll(() => player.evaluate((element) => (element as HTMLMediaElement).readyState))
    .toBeGreaterThanOrEqual(2);
const darkPixels = (page: Locator) =>
  page.evaluate((canvas: HTMLCanvasElement) => {
    const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      count += Number((data[at] ?? 255) < 128 && (data[at + 3] ?? 0) > 128);
    return count;
  });
/** Something is drawn: neither one colour nor grey alone. */
const isColourful = (element: Locator) =>
  expect.poll(async () => (await pictureOf(element)).colourful, { interval: 300 }).toBeGreaterThan(300);

const cases: Readonly<Record<UnitKind, KindCase>> = {
  videos: {
    title: 'Game of Life, 150 generations',
    facts: () => demoObject('videos', 'Game of Life, 150 generations').videoMetadata,
    isShown: () => isPlayable(viewer().locator('video[crossorigin="anonymous"]')),
  },
  images: {
    title: 'Three embers',
    facts: () => demoObject('images', 'Three embers').imageMetadata,
    isShown: () => isLoaded(viewer().locator('img[crossorigin="anonymous"]')),
  },
  audio: {
    title: 'Spoken welcome',
    facts: () => {
      const { duration, fileSize, mimeType, sampleRate, bitDepth, codec, numChannels } = demoObject(
        'audio',
        'Spoken welcome',
      ).audioMetadata;
      return {
        duration: expect.closeTo(duration, 3),
        fileSize,
        mimeType,
        audioSampleRate: sampleRate,
        audioBitDepth: bitDepth,
        audioCodec: codec,
        audioNumChannels: numChannels,
      };
    },
    isShown: async () => {
      await isPlayable(viewer().locator('audio[crossorigin="anonymous"]'));
      await page.getByText('Drawing the waveform').waitFor({ state: 'detached' });
    },
  },
  text: {
    title: 'Ridge station, sensors',
    facts: () => demoObject('text', 'Ridge station, sensors').textMetadata,
    isShown: () => viewer().getByText('<note>Snow &amp; ice from November to May.</note>').waitFor(),
  },
  pdfs: {
    title: 'A short handbook of looking closely',
    facts: () => demoObject('pdfs', 'A short handbook of looking closely').pdfMetadata,
    isShown: () => expect.poll(() => darkPixels(viewer().locator('canvas').first())).toBeGreaterThan(200),
  },
  nifti: {
    title: 'Head phantom with a moving ball',
    facts: () => {
      const { depth, numVolumes, ...facts } = demoObject(
        'nifti',
        'Head phantom with a moving ball',
      ).niftiMetadata;
      return { ...facts, frameCount: numVolumes, mediaDetails: { depth } };
    },
    isShown: () => viewer().getByText('Voxel 33, 39, 29: 38', { exact: true }).waitFor(),
  },
  imageGroups: {
    title: 'A pair',
    facts: () => ({ width: 1600, height: 1000, frameCount: 2 }),
    isShown: () => isLoaded(viewer().locator('img[crossorigin="anonymous"]').first()),
  },
  imageGroupsFromItems: {
    title: 'Of items',
    facts: () => ({ frameCount: 1 }),
    isShown: () => isLoaded(viewer().locator('img[crossorigin="anonymous"]').first()),
  },
  dicomSeries: {
    title: 'Head phantom, CT',
    facts: () => ({ width: 128, height: 128, frameCount: 24 }),
    isShown: () => viewer().getByText('1 of 24 · 01.dcm').waitFor(),
  },
  scenes: {
    title: 'Valley from the air',
    facts: () => {
      const { numPoints, ...facts } = demoObject('scenes', 'Valley from the air').pointCloudMetadata;
      return { ...facts, mediaDetails: { numPoints } };
    },
    isShown: () => isColourful(page.getByRole('group', { name: /^Points:/ })),
  },
  timeSeries: {
    title: 'A ride of twenty minutes',
    facts: () => demoObject('time_series', 'A ride of twenty minutes').timeSeriesMetadata,
    isShown: () => isColourful(page.getByRole('group', { name: /^Chart:/ })),
  },
  dataGroups: {
    title: 'Side by side',
    facts: () => ({}),
    isShown: async () => {
      await isLoaded(viewer().locator('img[crossorigin="anonymous"]'));
      await isPlayable(viewer().locator('audio[crossorigin="anonymous"]'));
    },
  },
};

describe('of a manifest that says nothing of its objects', () => {
  it.each(unitKindNames)('a unit of %s is measured by the server and shown', async (kind) => {
    const { title, facts, isShown } = cases[kind];
    const item = await system.itemOf(title);
    const { itemType, metadata } = unitKinds[kind];
    expect(item).toMatchObject({ itemType, ...(metadata && { metadataSource: 'probe' }), ...facts() });
    await page.goto(await system.addressOf(title));
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await isShown();
    await keepScreenshot(page, `measured-${kind}`);
    expect(await violationsOf(page, 'main')).toEqual([]);
  });

  it('a scene of streams is shown', async () => {
    await page.goto(await system.addressOf('Drive through a street'));
    await isColourful(page.getByRole('group', { name: /^Points:/ }));
    await isLoaded(page.getByRole('region', { name: 'Images of front' }).getByRole('img'));
    await keepScreenshot(page, 'measured-streams');
    expect(await violationsOf(page, 'main')).toEqual([]);
  });

  it('no viewer threw an error', () => expect(pageErrors).toEqual([]));
});
