import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { type Picture, pictureOf, type Rgb } from '../support/pixels.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

const kinds = ['scenes', 'time_series', 'text', 'images', 'pdfs', 'audio', 'videos'] as const;
let directory: string;
let media: MediaBucket;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-viewers-'));
  media = await startMediaBucket(join(directory, 'bucket'), kinds);
  system = await startStrictSystem(directory);
  await system.register(media.manifest);
  browser = await launchChromium({ webGl: true });
  ({ page, pageErrors } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(title: string): Promise<void> {
  await page.goto(await system.addressOf(title));
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Of buildings, and of two channels in the manifest. */
const roof: Rgb = [224, 88, 72];
const speed: Rgb = [0xe8, 0x59, 0x0c];
const height: Rgb = [0x2f, 0x9e, 0x44];

const points = () => page.getByRole('group', { name: /^Points:/ });
const status = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

/** The picture of an element, once it fulfils a condition. */
async function pictureWhen(
  element: Locator,
  isReached: (picture: Picture) => boolean,
  colours: readonly Rgb[] = [],
): Promise<Picture> {
  let picture = await pictureOf(element, colours);
  await expect
    .poll(
      async () => {
        picture = await pictureOf(element, colours);
        return isReached(picture);
      },
      { interval: 300 },
    )
    .toBe(true);
  return picture;
}

/** Puts bytes into the bucket and registers them. */
async function registerBytes(
  title: string,
  kind: 'scenes' | 'time_series' | 'text',
  bytes: Buffer,
  expiresInSeconds = 3600,
): Promise<void> {
  const mimeType = { scenes: 'application/octet-stream', time_series: 'text/csv', text: 'text/markdown' }[
    kind
  ];
  await media.bucket.putObject(`made/${title}`, bytes, mimeType);
  const size = { fileSize: bytes.length, mimeType };
  const metadata = {
    scenes: { pointCloudMetadata: { ...size, numPoints: 1 } },
    time_series: { timeSeriesMetadata: size },
    text: { textMetadata: size },
  }[kind];
  const objectUrl = media.sign(`made/${title}`, expiresInSeconds);
  await system.register({ [kind]: [{ objectUrl, title, ...metadata }] });
}

describe('point clouds', () => {
  it.each([
    ['Trefoil knot', '4,000 points · PLY (binary little endian)'],
    ['Torus with bands', '3,000 points · PCD (binary)'],
    ['Valley from the air', '5,000 points · LAS 1.2, point format 2'],
  ])('%s is drawn in its colours', async (title, text) => {
    await open(title);
    await status(text).waitFor();
    const { colourful } = await pictureWhen(points(), (picture) => picture.colourful > 2000);
    expect(colourful).toBeGreaterThan(2000);
  });

  it('compressed as LAZ are drawn like the LAS, with its classes', async () => {
    const laz = new URL('../../../packages/probe/tests/fixtures/valley.laz', import.meta.url);
    await registerBytes('valley.laz', 'scenes', await readFile(laz));
    await open('valley.laz');
    await status('1,250 points · LAZ 1.2, point format 2').waitFor();
    await pictureWhen(points(), ({ colourful }) => colourful > 1000);
    await page.getByLabel('Colour by').selectOption('classification');
    await page.getByText('6 building').waitFor();
    await pictureWhen(points(), ({ counts }) => (counts[0] ?? 0) > 50, [roof]);
  });

  it('are coloured by class, turned and fitted with the keyboard alone', async () => {
    await open('Valley from the air');
    await page.getByLabel('Colour by').selectOption('classification');
    await page.getByText('6 building').waitFor();
    const first = await pictureWhen(points(), ({ counts }) => (counts[0] ?? 0) > 200, [roof]);
    await points().focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', '+']) await page.keyboard.press(key);
    const turned = await pictureWhen(points(), ({ png }) => png !== first.png, [roof]);
    expect(turned.counts[0]).toBeGreaterThan(100);
    await page.keyboard.press('0');
    await pictureWhen(points(), ({ png }) => png !== turned.png);
  });

  it('that end too early say so, and offer the object', async () => {
    await registerBytes(
      'cut.ply',
      'scenes',
      Buffer.from(
        'ply\nformat binary_little_endian 1.0\nelement vertex 9\nproperty float x\nproperty float y\nproperty float z\nend_header\nabc',
      ),
    );
    await open('cut.ply');
    await page
      .getByRole('alert')
      .getByText(/promises 9 points.*the file ends at byte/)
      .waitFor();
    await page.getByRole('link', { name: 'Open or download from the storage' }).waitFor();
  });

  it('are given up at the first bytes when they are something else', async () => {
    await registerBytes('drive.bag', 'scenes', Buffer.from(`#ROSBAG V2.0\n${'x'.repeat(5000)}`));
    await open('drive.bag');
    await page
      .getByRole('alert')
      .getByText('The file is a ROS bag. Shown are PCD, PLY, LAS and LAZ.')
      .waitFor();
  });

  it('whose URL has expired are diagnosed as that', async () => {
    await registerBytes('old.pcd', 'scenes', Buffer.from('VERSION 0.7\n'), 1);
    const path = media.sign('made/old.pcd', 1);
    // The bucket itself tells when such a URL is over.
    await expect.poll(async () => (await fetch(path)).status).toBe(403);
    await open('old.pcd');
    await page.locator('[data-failure="expired"]').waitFor();
  });
});

describe('time series', () => {
  const chart = () => page.getByRole('group', { name: /^Chart:/ });
  const value = (heading: string) => page.locator(`[data-channel="${heading}"]`).textContent();

  it('are drawn in the colours of the manifest, without the channels that it hides', async () => {
    await open('A ride of twenty minutes');
    await status('1,200 rows · no numbers in state').waitFor();
    await pictureWhen(chart(), ({ counts }) => counts.every((count) => count > 150), [speed, height]);
    expect(await page.getByLabel('Temperature, °C').isChecked()).toBe(false);
    expect(await page.getByLabel('Speed, km/h').isChecked()).toBe(true);
  });

  it('hide a channel by its box', async () => {
    await page.getByLabel('Speed, km/h').press('Space');
    await pictureWhen(chart(), ({ counts }) => (counts[0] ?? 0) < 20, [speed]);
  });

  it('zoom, move and tell values at the cursor with the keyboard alone', async () => {
    await chart().focus();
    for (const key of ['+', '+', 'ArrowLeft', '.', '.']) await page.keyboard.press(key);
    await page.getByText(/^At \d+(\.\d+)? s$/).waitFor();
    expect(Number(await value('height_m'))).toBeGreaterThan(200);
    await page.keyboard.press('0');
  });

  it('that are no table say so', async () => {
    await registerBytes('words.csv', 'time_series', Buffer.from('time,word\nyesterday,rain\n'));
    await open('words.csv');
    await page.getByRole('alert').getByText('No row has a time in the column "time"').waitFor();
  });
});

describe('scenes of streams', () => {
  it('show points and picture of a moment, and go through the moments with the keyboard alone', async () => {
    await open('Drive through a street');
    await status(/^\d,\d+ points$/).waitFor();
    const first = await pictureWhen(points(), (picture) => picture.colourful > 500);
    const image = page.getByRole('region', { name: 'Images of front' }).getByRole('img');
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBe(240);
    const source = await image.getAttribute('src');
    await points().focus();
    await page.keyboard.press('End');
    await page.getByText('6 of 6 · Time 2500').waitFor();
    await pictureWhen(points(), ({ png }) => png !== first.png);
    expect(await image.getAttribute('src')).not.toBe(source);
    await page.getByText('Cameras (1)').press('Enter');
    await page.getByText('240 × 136 px · focal length 170, 170 · centre 120, 68 · of front').waitFor();
  });
});

describe('groups', () => {
  beforeAll(async () => {
    const uuidOf = async (title: string) => (await system.addressOf(title)).split('/').at(-1);
    const valley = await uuidOf('Valley from the air');
    const notes = await uuidOf('Field notes, ridge station');
    const tile = (key: string) => ({ type: 'data_unit', key });
    await system.register({
      data_groups: [
        { title: 'grid', layout: 'default-grid', layoutContents: [valley, notes] },
        { title: 'list', layout: 'default-list', layoutContents: [notes, valley] },
        {
          title: 'tree',
          layout: { direction: 'row', splitPercentage: 70, first: tile('left'), second: tile('right') },
          settings: { tileSettings: { left: { title: 'The valley' } } },
          layoutContents: { right: notes, left: valley },
        },
      ],
    });
  });
  const tileOf = (name: string) => page.getByRole('article', { name });

  it('in a grid show each member with its own viewer', async () => {
    await open('grid');
    await pictureWhen(points(), (picture) => picture.colourful > 300);
    await tileOf('Field notes, ridge station').getByText('1', { exact: true }).first().waitFor();
  });

  it('in a list show one member at a time', async () => {
    await open('list');
    await page.getByText('1 of 2 · Field notes, ridge station').waitFor();
    await page.getByRole('button', { name: 'Next member (.)' }).press('Enter');
    await pictureWhen(points(), (picture) => picture.colourful > 300);
  });

  it('in a tree lie side by side by their shares, under the titles of the settings', async () => {
    await open('tree');
    const [left, right] = await Promise.all(
      ['The valley', 'Field notes, ridge station'].map((name) => tileOf(name).boundingBox()),
    );
    expect((left?.width ?? 0) / (right?.width ?? 1)).toBeCloseTo(70 / 30, 0);
    expect(left?.y).toBe(right?.y);
    await pictureWhen(points(), (picture) => picture.colourful > 300);
  });
});

describe('texts, PDFs, sound and film', () => {
  it('CSV is a table, XML is indented, Markdown is formatted, and each has its source', async () => {
    await open('Readings of two stations');
    await page.getByRole('columnheader', { name: 'humidity_percent' }).waitFor();
    await open('Ridge station, sensors');
    await page.getByText('<note>Snow &amp; ice from November to May.</note>').waitFor();
    await open('Label guide: circling lights');
    await page
      .getByRole('region', { name: 'Label guide: circling lights' })
      .getByRole('heading')
      .first()
      .waitFor();
    await page.getByText('Source', { exact: true }).click();
    await page.getByText(/^# /).first().waitFor();
  });

  it('HTML within Markdown stays text', async () => {
    const text =
      '# Title\n\n<img src=x onerror="document.title=1"><script>document.title=2</script>\n\n[link](javascript:alert(1)) <b>bold</b>\n';
    await registerBytes('evil.md', 'text', Buffer.from(text));
    await open('evil.md');
    const shown = page.getByRole('region', { name: 'evil.md' });
    await shown.getByRole('heading', { name: 'Title' }).waitFor();
    expect(await shown.textContent()).toContain('onerror');
    expect(await shown.locator('img, script, b, a').count()).toBe(0);
  });

  it('finds text in a PDF, goes to its page and marks it', async () => {
    await open('A short handbook of looking closely');
    await page.getByText('of 3', { exact: true }).waitFor();
    await page.getByLabel('Find in the PDF').fill('rumour');
    await page.getByText('1 of 1', { exact: true }).waitFor();
    await expect.poll(() => page.getByLabel('Page', { exact: true }).inputValue()).toBe('2');
    const marked = () => page.evaluate(() => [...(CSS.highlights.get('pdf-hit') ?? [])].map(String));
    await expect.poll(marked).toEqual(['rumour']);
  });

  it('draws the spectrogram of a sound beside its waveform', async () => {
    await open('Pentatonic melody');
    await page.getByText('Drawing the waveform').waitFor({ state: 'detached' });
    await pictureWhen(page.getByRole('group', { name: /^Waveform:/ }), (picture) => picture.colourful > 1000);
  });

  it('goes to a frame of a film by its number, and changes its speed with the keyboard', async () => {
    await open('Circling lights, frame numbers burnt in');
    const film = page.locator('main video');
    await expect
      .poll(() => film.evaluate((element) => (element as HTMLVideoElement).readyState))
      .toBeGreaterThan(1);
    await page.getByLabel('Frame', { exact: true }).fill('45');
    await page.getByText('00:01.500').waitFor();
    await film.focus();
    await page.keyboard.press(']');
    await expect
      .poll(() => film.evaluate((element) => (element as HTMLVideoElement).playbackRate))
      .toBe(1.25);
  });
});

it('asked the bucket by GET from the browser alone, and threw no error in the page', () => {
  // The test itself asked whether that one was over.
  for (const entry of media.bucket.log.filter(({ path }) => !path.endsWith('old.pcd')))
    expect(entry).toMatchObject({ method: 'GET', userAgent: expect.stringContaining('Chrome') });
  expect(pageErrors).toEqual([]);
});
