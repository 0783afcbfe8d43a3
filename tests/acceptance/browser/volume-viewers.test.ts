import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { greyOf, phantom } from '../support/phantom.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const seriesTitle = 'Head phantom, CT';
let directory: string;
let media: MediaBucket;
let closedBucket: MediaBucket;
let system: StrictSystem;
let browser: Browser;
let page: Page;
let pageErrors: string[];
const policyErrors: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-volumes-'));
  [media, closedBucket, system, browser] = await Promise.all([
    startMediaBucket(join(directory, 'bucket'), ['dicom_series', 'nifti']),
    startMediaBucket(join(directory, 'closed-bucket'), [], []),
    startStrictSystem(directory),
    launchChromium({ webGl: true }),
  ]);
  await system.register(media.manifest);
  ({ page, pageErrors } = await system.signIn(browser));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) policyErrors.push(message.text());
  });
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await media?.bucket.close();
  await closedBucket?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

const tagsOfMiddle = () =>
  media.media.flatMap((object) => (object.kind === 'dicom_series' ? [object.dicomMetadata] : []))[12];

/** Registers files as one series, each with the tags of the slice that the fixtures are made of. */
async function registerSeries(title: string, urls: readonly string[], flags: object = {}): Promise<void> {
  const dicomFiles = urls.map((url) => ({ url, dicomMetadata: tagsOfMiddle() ?? null }));
  await system.register({ dicom_series: [{ title, dicomFiles }], ...flags });
}

async function putFixture(name: string, change = (bytes: Buffer) => bytes): Promise<string> {
  const key = `fixtures/${name}`;
  await media.bucket.putObject(key, change(await readFile(join(fixtures, name))), 'application/dicom');
  return media.sign(key);
}

const open = async (title: string) => {
  await page.goto(await system.addressOf(title));
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
};
const viewer = () => page.getByRole('region', { name: 'Viewer' });
/** Not what says how many are loaded. */
const sliceCounter = (slice: number) =>
  viewer().getByText(`${slice} of 24 · ${String(slice).padStart(2, '0')}.dcm`, { exact: true });
const pane = (name: string | RegExp = /slice \d+ of/) => viewer().getByRole('application', { name });
const failure = (kind: string) => viewer().locator(`[data-failure="${kind}"]`);

/** The grey that is drawn at millimetres right and down from the middle of the phantom. */
const greyAt = (right: number, down: number) =>
  pane()
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, at) => {
        const perMillimetre = Math.min(canvas.width, canvas.height) / at.extent;
        const x = canvas.width / 2 + at.right * perMillimetre;
        const y = canvas.height / 2 + at.down * perMillimetre;
        const [red = -1, green = -1, blue = -1] =
          canvas.getContext('2d')?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? [];
        return red === green && green === blue ? red : -1;
      },
      { right, down, extent: phantom.extent },
    );

async function expectGrey(place: readonly [number, number], value: number, window: [number, number]) {
  await expect.poll(() => greyAt(...place)).toBeGreaterThan(greyOf(value, window) - 9);
  expect(Math.abs((await greyAt(...place)) - greyOf(value, window))).toBeLessThan(9);
}

describe('a DICOM series', () => {
  const fileWindow: [number, number] = [40, 160];

  it('draws its slices in the order in which they lie in the patient', async () => {
    await open(seriesTitle);
    await sliceCounter(1).waitFor();
    await expectGrey(phantom.brain, phantom.skullValue, fileWindow);
    await pane().focus();
    await page.keyboard.press('End');
    await sliceCounter(24).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('.');
    await sliceCounter(13).waitFor();
    await expectGrey(phantom.lesion, phantom.lesionValue, fileWindow);
    await expectGrey(phantom.brain, phantom.brainValue, fileWindow);
    await expectGrey(phantom.ventricle, phantom.ventricleValue, fileWindow);
    await expectGrey(phantom.air, phantom.airValue, fileWindow);
    for (const letter of ['A', 'P', 'R', 'L']) await pane().getByText(letter, { exact: true }).waitFor();
  });

  it('scrolls with the wheel and the slider', async () => {
    await pane().hover();
    await page.mouse.wheel(0, 120);
    await sliceCounter(15).waitFor();
    await page.mouse.wheel(0, -60);
    await sliceCounter(14).waitFor();
    await page.getByRole('slider', { name: 'Slice to show' }).press('ArrowLeft');
    await sliceCounter(13).waitFor();
  });

  it('changes the window by keys, presets and dragging, and inverts', async () => {
    await pane().focus();
    await page.keyboard.press('2');
    await viewer().getByText('W 80 L 40').waitFor();
    await expectGrey(phantom.lesion, phantom.lesionValue, [40, 80]);
    await page.keyboard.press('i');
    await expect.poll(() => greyAt(...phantom.air)).toBe(255);
    await page.keyboard.press('i');
    await viewer().getByRole('combobox', { name: 'Window' }).selectOption('Bone');
    await expectGrey(phantom.lesion, phantom.lesionValue, [500, 2000]);
    await pane().focus();
    await page.keyboard.press('1');
    await page.keyboard.press('ArrowRight');
    await viewer().getByText('W 177 L 40').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await viewer().getByText('W 177 L 22').waitFor();
    const box = await pane().boundingBox();
    const [x, y] = [(box?.x ?? 0) + 100, (box?.y ?? 0) + 100];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 6 });
    await page.mouse.up();
    await viewer()
      .getByText(/W 21[5-7] L 22/)
      .waitFor();
    await page.keyboard.press('0');
    await viewer().getByText('W 160 L 40 · 100%').waitFor();
  });

  it('zooms and moves, and comes back', async () => {
    await pane().focus();
    await page.keyboard.press('+');
    await viewer().getByText('125% of 128 × 128').waitFor();
    await page.keyboard.press('-');
    await viewer().getByText('100% of 128 × 128').waitFor();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+ArrowRight');
    await expect.poll(() => greyAt(...phantom.lesion)).toBeLessThan(150);
    await page.keyboard.press('0');
    await expectGrey(phantom.lesion, phantom.lesionValue, fileWindow);
  });

  it('plays in a circle', async () => {
    await viewer().getByRole('combobox', { name: 'Slices a second' }).selectOption('30');
    await pane().focus();
    await page.keyboard.press('End');
    await page.keyboard.press(' ');
    await viewer()
      .getByText(/^[2-9] of 24/)
      .waitFor();
    await viewer().getByRole('button', { name: 'Pause (space)' }).press('Enter');
    await viewer().getByRole('button', { name: 'Play (space)' }).waitFor();
  });

  it('lists the tags of the shown file', async () => {
    await pane().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('t');
    const tags = viewer().getByRole('region', { name: 'Tags of 01.dcm' });
    await tags.getByText('JPEG lossless, first-order prediction').waitFor();
    await tags.getByLabel('Search the tags').fill('slice thickness');
    await expect.poll(() => tags.getByRole('row').allTextContents()).toHaveLength(2);
    expect(await tags.getByRole('row').last().textContent()).toBe('(0018,0050)Slice Thickness6.0');
    await pane().focus();
    await page.keyboard.press('t');
    await tags.waitFor({ state: 'detached' });
  });
});

describe('planes through a DICOM series', () => {
  /** The grey beside the crosshair of a plane. */
  const greyBeside = (plane: string) =>
    pane(new RegExp(`${plane} plane`)).evaluate((element) => {
      const [vertical, horizontal] = element.querySelectorAll('line');
      const x = Math.round(Number(vertical?.getAttribute('x1')) + 4);
      const y = Math.round(Number(horizontal?.getAttribute('y1')) + 4);
      return element.querySelector('canvas')?.getContext('2d')?.getImageData(x, y, 1, 1).data[0] ?? -1;
    });

  it('meet at a crosshair that keys and the mouse move', async () => {
    await open(seriesTitle);
    await sliceCounter(1).waitFor();
    await pane().focus();
    // The planes need all slices.
    await expect.poll(() => viewer().getByRole('radio', { name: 'Planes' }).isEnabled()).toBe(true);
    await page.keyboard.press('m');
    await viewer().getByText('Crosshair at -0.8, -0.8, -3.0 mm').waitFor();
    await expect
      .poll(() => pane(/axial plane/).evaluate((element) => element === document.activeElement))
      .toBe(true);
    for (let step = 0; step < 24; step += 1) await page.keyboard.press('Control+ArrowRight');
    for (let step = 0; step < 21; step += 1) await page.keyboard.press('Control+ArrowUp');
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowDown');
    await viewer().getByText('Crosshair at 37.6, -34.4, 9.0 mm').waitFor();
    const wanted = greyOf(phantom.lesionValue, [40, 160]);
    for (const plane of ['axial', 'coronal', 'sagittal']) {
      await expect.poll(() => greyBeside(plane)).toBeGreaterThan(wanted - 12);
      expect(await greyBeside(plane)).toBeLessThan(wanted + 12);
    }
    await pane(/coronal plane/).click({ position: { x: 20, y: 20 } });
    await viewer()
      .getByText(/Crosshair at -\d+\.\d, -34\.4, \d+\.\d mm/)
      .waitFor();
    await page.keyboard.press('m');
    await sliceCounter(1).waitFor();
  });

  it('are refused with the reason where the tags make no volume', async () => {
    await registerSeries('no volume', [
      await putFixture('plain.dcm'),
      await putFixture('rle.dcm'),
      await putFixture('big-endian.dcm'),
    ]);
    await open('no volume');
    await viewer().getByText('No planes: slices 1 and 2 lie at the same place.').waitFor();
    expect(await viewer().getByRole('radio', { name: 'Planes' }).isDisabled()).toBe(true);
  });
});

describe('DICOM files of many kinds', () => {
  it.each(['plain', 'rle', 'jpeg-ls', 'jpeg-2000', 'big-endian', 'deflated', 'no-preamble'])(
    'draws the %s one',
    async (name) => {
      await registerSeries(`file ${name}`, [await putFixture(`${name}.dcm`)]);
      await open(`file ${name}`);
      await expectGrey(phantom.lesion, phantom.lesionValue, [40, 160]);
      await expectGrey(phantom.ventricle, phantom.ventricleValue, [40, 160]);
    },
  );

  it.each([
    ['truncated', /The file is cut off or damaged: its data set cannot be read to the end of its 16\.9 kB/],
    ['mpeg-2', /encoded as MPEG-2 video .* which this viewer cannot decode/],
  ])('says why it cannot draw the %s one', async (name, reason) => {
    await registerSeries(`file ${name}`, [await putFixture(`${name}.dcm`)]);
    await open(`file ${name}`);
    await failure('unreadable').getByText(reason).waitFor();
  });

  it('shows the other slices of a series whose one file is damaged', async () => {
    const good = [await putFixture('plain.dcm'), await putFixture('rle.dcm')];
    const bad = await putFixture('jpeg-ls.dcm', (bytes) => bytes.fill(0x55, 2000));
    await registerSeries('one damaged', [good[0] ?? '', bad, good[1] ?? '']);
    await open('one damaged');
    await expectGrey(phantom.lesion, phantom.lesionValue, [40, 160]);
    await viewer().getByText('1 slice cannot be shown.').waitFor();
    await pane().focus();
    await page.keyboard.press('ArrowDown');
    await failure('unreadable')
      .getByText(/damaged/)
      .waitFor();
    await viewer().getByRole('button', { name: 'Next slice (.)' }).press('Enter');
    await viewer().getByText('3 of 3').waitFor();
    await expectGrey(phantom.lesion, phantom.lesionValue, [40, 160]);
  });

  it('opens one file of a series on a page of its own', async () => {
    const response = page.waitForResponse(/child-items|\/children/);
    await open('file plain');
    const body = (await (await response).json()) as { results: { uuid: string }[] };
    await page.goto(`${system.latchkey.url}/items/${body.results[0]?.uuid}`);
    await expectGrey(phantom.lesion, phantom.lesionValue, [40, 160]);
  });
});

describe('DICOM files that the storage does not give', () => {
  it('says that a URL has expired, and goes on with a fresh one', async () => {
    await media.bucket.putObject('expiring.dcm', join(fixtures, 'plain.dcm'), 'application/dicom');
    await registerSeries('expired', [media.sign('expiring.dcm', 3600, Date.now() - 7_200_000)], {
      allow_expired_urls: true,
    });
    await open('expired');
    await failure('expired').waitFor();
    await registerSeries('expired', [media.sign('expiring.dcm')], { skip_duplicate_urls: true });
    await viewer().getByRole('button', { name: 'Try again' }).press('Enter');
    await expectGrey(phantom.lesion, phantom.lesionValue, [40, 160]);
  });

  it('prints the rule for a bucket without CORS', async () => {
    await closedBucket.bucket.putObject('a.dcm', join(fixtures, 'plain.dcm'), 'application/dicom');
    await registerSeries('no CORS', [closedBucket.sign('a.dcm')]);
    await open('no CORS');
    await failure('no-cors').getByText(new URL(system.latchkey.url).origin).first().waitFor();
  });
});

describe('a NIfTI series', () => {
  const title = 'Head phantom with a moving ball';
  const place = (text: string) => viewer().getByText(text, { exact: true }).waitFor();

  /** The share of the drawn pixels that are of a kind, in a picture of the canvas: WebGL keeps none to read. */
  async function shareOf(kind: 'tissue' | 'white' | 'coloured'): Promise<number> {
    const picture = (await viewer().locator('canvas').screenshot()).toString('base64');
    return page.evaluate(
      async ([png, wanted]) => {
        const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
        let count = 0;
        for (let at = 0; at < data.length; at += 4) {
          const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
          const isGrey = Math.abs(red - green) < 4 && Math.abs(green - blue) < 4;
          if (wanted === 'tissue' && isGrey && red > 70 && red < 92) count += 1;
          if (wanted === 'white' && isGrey && red > 245) count += 1;
          if (wanted === 'coloured' && !isGrey && blue > red + 20) count += 1;
        }
        return count / (bitmap.width * bitmap.height);
      },
      [picture, kind] as const,
    );
  }

  it('draws its planes, and moves the crosshair by keys and sliders', async () => {
    await open(title);
    await place('Voxel 33, 39, 29: 38');
    await expect.poll(() => shareOf('tissue')).toBeGreaterThan(0.2);
    await pane(title).focus();
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageUp');
    await place('Voxel 45, 39, 30: 38');
    await viewer().getByRole('slider', { name: 'Feet to head' }).press('ArrowLeft');
    await place('Voxel 45, 39, 29: 38');
  });

  it('goes through its volumes, in one range of values', async () => {
    await pane(title).focus();
    await page.keyboard.press('0');
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowDown');
    await place('Voxel 33, 31, 29: 38');
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    await place('Volume 3 of 4');
    await place('Voxel 33, 31, 29: 160');
    expect(await viewer().getByRole('textbox', { name: 'To' }).inputValue()).toBe('To: 120');
  });

  it('changes the range of values and the colours', async () => {
    const before = await shareOf('white');
    await viewer().getByRole('textbox', { name: 'To' }).fill('39');
    await expect.poll(() => shareOf('white')).toBeGreaterThan(before + 0.2);
    await pane(title).focus();
    await page.keyboard.press('0');
    await expect.poll(() => shareOf('tissue')).toBeGreaterThan(0.2);
    await viewer().getByRole('combobox', { name: 'Colour map' }).selectOption('viridis');
    await expect.poll(() => shareOf('coloured')).toBeGreaterThan(0.2);
  });

  it('says why it cannot draw a file, and asks before it loads a large one', async () => {
    const whole = await readFile(media.media.find(({ kind }) => kind === 'nifti')?.filePath ?? '');
    await media.bucket.putObject('short.nii.gz', whole.subarray(0, 9000), 'application/gzip');
    for (const key of ['old.nii.gz', 'huge.nii.gz'])
      await media.bucket.putObject(key, whole, 'application/gzip');
    const mimeType = 'application/gzip';
    const facts = { fileSize: 9000, mimeType, width: 64, height: 76, depth: 56, numVolumes: 4 };
    const dead = media.sign('old.nii.gz', 3600, Date.now() - 7_200_000);
    await system.register({
      allow_expired_urls: true,
      nifti: [
        { title: 'cut off', objectUrl: media.sign('short.nii.gz'), niftiMetadata: facts },
        { title: 'over', objectUrl: dead, niftiMetadata: facts },
        {
          title: 'huge',
          objectUrl: media.sign('huge.nii.gz'),
          niftiMetadata: { ...facts, fileSize: 2_000_000_000 },
        },
      ],
    });
    await open('cut off');
    await failure('unreadable').getByText('its gzip data is cut off or damaged').waitFor();
    await open('over');
    await failure('expired').waitFor();
    await open('huge');
    await viewer().getByText('The file has 2.0 GB.').waitFor();
    await viewer().getByRole('button', { name: 'Load 2.0 GB' }).press('Enter');
    await place('Voxel 33, 39, 29: 38');
  });
});

it('loads every file from the browser with GET, refuses nothing by policy, and throws nothing', () => {
  const keys = media.media.map(({ key }) => `/media/${key}`);
  const asked = new Set(media.bucket.log.map(({ path }) => decodeURIComponent(path)));
  for (const key of keys) expect(asked).toContain(key);
  for (const entry of media.bucket.log) {
    expect(entry).toMatchObject({ method: 'GET', origin: new URL(system.latchkey.url).origin });
    expect(entry.userAgent).toContain('Chrome');
  }
  expect(policyErrors).toEqual([]);
  expect(pageErrors).toEqual([]);
});
