import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultyStorage, type StorageFault, startFaultyStorage } from '@latchkey/testkit/faulty-storage';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { launchChromium } from '../support/chromium.js';
import { type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { type StrictSystem, startStrictSystem } from '../support/strict-system.js';
import { startTlsProxy } from '../support/tls-proxy.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const faults: readonly StorageFault[] = [
  'no-cors',
  'no-ranges',
  'ranges-hidden',
  'wrong-type',
  'wrong-region',
  'address-refused',
  'storage-error',
];
/** Not a loopback address, which browsers take as secure even over http. */
const localName = 'storage.test';
let directory: string;
let media: MediaBucket;
let storage: FaultyStorage;
let system: StrictSystem;
let browser: Browser;
let page: Page;

const imageAt = (title: string, objectUrl: string) => ({
  objectUrl,
  title,
  imageMetadata: { mimeType: 'image/png', fileSize: png.length, width: 1, height: 1 },
});

/** A port at which nothing listens. */
async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-access-'));
  media = await startMediaBucket(join(directory, 'bucket'), ['images']);
  storage = await startFaultyStorage(png, 'image/png');
  system = await startStrictSystem(directory);
  await media.bucket.putObject('dot.png', png, 'image/png');
  await system.register({
    images: [
      imageAt('fine', media.sign('dot.png')),
      imageAt('expired', media.sign('dot.png', 60, Date.now() - 3_600_000)),
      imageAt(
        'refused',
        media.sign('dot.png').replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      ),
      imageAt('not-found', media.sign('gone.png')),
      imageAt('unreachable', `${await closedOrigin()}/a.png`),
      ...faults.map((fault) => imageAt(fault, storage.urlOf(fault))),
    ],
    allow_expired_urls: true,
  });
  browser = await launchChromium({ ignoresCertificates: true, localName });
  ({ page } = await system.signIn(browser));
});

afterAll(async () => {
  await browser?.close();
  await system?.close();
  await storage?.[Symbol.asyncDispose]();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

async function openCheck(title: string): Promise<void> {
  const itemUuid = (await system.addressOf(title)).split('/').at(-1);
  await page.goto(`${system.latchkey.url}/access?item=${itemUuid}`);
}

const verdict = (kind: string) => page.locator(`[data-failure="${kind}"]`);
const rowOf = (load: string) =>
  page.getByRole('table', { name: 'Loads that were tried' }).getByRole('row', { name: load });

it.each(['fine', 'expired', 'refused', 'not-found', 'unreachable', ...faults])(
  'recognises an item whose storage shows: %s',
  async (kind) => {
    await openCheck(kind);
    await verdict(kind).waitFor();
  },
);

it('recognises that the policy of the page blocks the storage, as one that a proxy adds does', async () => {
  const certificate = makeCertificate(directory, '127.0.0.1');
  await using proxy = await startTlsProxy(system.latchkey.url, certificate, "connect-src 'self'");
  const strict = await system.signIn(browser, proxy.url);
  const itemUuid = (await system.addressOf('fine')).split('/').at(-1);
  await strict.page.goto(`${proxy.url}/access?item=${itemUuid}`);
  await strict.page.locator('[data-failure="policy"]').waitFor();
  await strict.page.context().close();
});

it('recognises data over http in a page over https, which Chromium does not ask for', async () => {
  const url = storage.urlOf('none').replace('127.0.0.1', localName);
  await system.register({ images: [imageAt('insecure', url)] });
  const itemUuid = (await system.addressOf('insecure')).split('/').at(-1);
  await openCheck('insecure');
  await verdict('fine').waitFor();
  await using proxy = await startTlsProxy(system.latchkey.url, makeCertificate(directory, '127.0.0.1'));
  const secure = await system.signIn(browser, proxy.url);
  const before = storage.requestCount();
  await secure.page.goto(`${proxy.url}/items/${itemUuid}`);
  await secure.page.getByRole('link', { name: 'Check the access' }).click();
  await secure.page.locator('[data-failure="mixed-content"]').waitFor();
  expect(storage.requestCount()).toBe(before);
  await secure.page.context().close();
});

it('shows each load that it tried, and asks again when told to', async () => {
  await openCheck('ranges-hidden');
  await rowOf('The whole object').getByText('Works').waitFor();
  await rowOf('A part of the object').getByText('Fails').waitFor();
  await rowOf('Shown by the browser itself').getByText('Works').waitFor();
  const before = storage.requestCount();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect.poll(() => storage.requestCount()).toBeGreaterThan(before);
});

it('leads from an item that cannot be shown to its check, with the rule for this address', async () => {
  await page.goto(await system.addressOf('no-cors'));
  await page.getByRole('link', { name: 'Check the access' }).click();
  await verdict('no-cors').getByText(`"${system.latchkey.url}"`).first().waitFor();
});

it('checks a URL that is not registered, without sending it to the server', async () => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(system.latchkey.url)) sent.push(request.url() + (request.postData() ?? ''));
  });
  await page.goto(`${system.latchkey.url}/integrations`);
  await page.getByRole('button', { name: 'Actions for Strict' }).click();
  await page.getByRole('menuitem', { name: 'Check the access, set up CORS' }).click();
  const url = media.sign('dot.png');
  await page.getByLabel('URL of an object').fill(url);
  await page.getByRole('button', { name: 'Check the access' }).click();
  await verdict('fine').waitFor();
  await page.getByLabel('URL of an object').fill(storage.urlOf('address-refused'));
  await page.getByRole('button', { name: 'Check the access' }).click();
  await verdict('address-refused').getByText('203.0.113.9').first().waitFor();
  const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join('\n')).not.toContain(signature);
});

it('fills the address of the app and the bucket into the rule of each provider', async () => {
  await page.goto(`${system.latchkey.url}/access`);
  await page.getByLabel('Bucket').fill('footage');
  for (const [tab, text] of [
    ['Amazon S3', '--bucket footage'],
    ['Google Cloud Storage', 'gs://footage'],
    ['Azure Blob Storage', '--account-name footage'],
    ['Open Telekom Cloud OBS', '--bucket footage'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByText(text).first().waitFor();
    await panel.getByText(system.latchkey.url).first().waitFor();
  }
});
