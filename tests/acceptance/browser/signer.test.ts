import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import { readSignerConfig } from '@latchkey/signer/config';
import { storesOf } from '@latchkey/signer/open-store';
import { type RunningSigner, startSigner } from '@latchkey/signer/start-signer';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { credentials, type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { type StallingProxy, startStallingProxy } from '../support/stalling-proxy.js';

const guard = fileURLToPath(new URL('../support/refuse-egress.mjs', import.meta.url));
const admin = { email: 'admin@example.com', password: 'a password of the test' };
const video = 'videos/orbits.mp4';
const secondsToLive = 8;
/** It is registered and opened meanwhile. */
const secondsWithout = 8;
let directory: string;
let egressLog: string;
let media: MediaBucket;
let proxy: StallingProxy;
let latchkey: LatchkeyProcess;
let client: LatchkeyClient;
let signerUrl: string;
let signer: RunningSigner;
let browser: Browser;
let page: Page;
const signerLog: Readonly<Record<string, unknown>>[] = [];
const pageErrors: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-signer-'));
  egressLog = join(directory, 'egress.log');
  await writeFile(egressLog, '');
  media = await startMediaBucket(join(directory, 'bucket'), ['images', 'videos']);
  proxy = await startStallingProxy(media.bucket.origin);
  const pair = generateSshKeyPair('test');
  latchkey = await spawnLatchkey({
    command: ['serve'],
    // The server may connect to nothing at all, so nothing but the browser can ask the signer.
    nodeArguments: ['--import', guard],
    environment: {
      EGRESS_LOG: egressLog,
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(directory, 'data'),
      LATCHKEY_LOG_LEVEL: 'trace',
      LATCHKEY_ADMIN_EMAIL: admin.email,
      LATCHKEY_ADMIN_PASSWORD: admin.password,
      LATCHKEY_ADMIN_SSH_KEY: pair.publicKey,
    },
  });
  client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl: latchkey.url });
  signerUrl = `http://127.0.0.1:${await freePort()}/sign`;
  signer = await startTestSigner();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await signer?.close();
  await latchkey?.stop();
  await proxy?.close();
  await media?.bucket.close();
  await rm(directory, { recursive: true, force: true });
});

/** The reference signer, which signs with the bucket's key what one rule lets the admin have. */
async function startTestSigner(): Promise<RunningSigner> {
  const port = Number(new URL(signerUrl).port);
  const config = readSignerConfig(
    JSON.stringify({
      port,
      signerUrl,
      latchkeyUrl: latchkey.url,
      rules: [
        {
          prefix: 's3://media/',
          integrations: '*',
          users: [admin.email],
          expiresInSeconds: secondsToLive,
          store: 'bucket',
        },
      ],
      stores: { bucket: { endpoint: proxy.origin, region: 'us-east-1', pathStyle: true } },
    }),
  );
  return startSigner({
    config,
    log: (line) => void signerLog.push(line),
    openStore: storesOf({
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    }),
  });
}

const presignAt = (now: number, key: string, expiresInSeconds: number): string =>
  createPresigner({
    endpoint: proxy.origin,
    bucket: 'media',
    region: 'us-east-1',
    pathStyle: true,
    ...credentials,
    now: () => now,
  })(key, { expiresInSeconds });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The elements of the demo's media, by the names of their objects in the store. */
function unsigned(kind: 'images' | 'videos', at: (key: string) => string): object[] {
  const elements = (media.manifest[kind] ?? []) as { objectUrl: string }[];
  return elements.map((element) => ({
    ...element,
    objectUrl: at(decodeURIComponent(new URL(element.objectUrl).pathname.slice('/media/'.length))),
  }));
}

async function register(
  folder: StorageFolder,
  integrationId: string,
  manifest: Record<string, object[]>,
): Promise<void> {
  const job = await folder.addPrivateDataToFolderStart({ integrationId, manifest, ignoreErrors: false });
  const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
  expect(result).toMatchObject({ status: 'DONE', unitsErrorCount: 0 });
}

async function openItem(folder: StorageFolder, key: string): Promise<void> {
  const title = media.media.find((object) => object.key === key)?.title ?? '';
  for await (const item of folder.listItems({ search: title }))
    if (item.name === title) await page.goto(`${latchkey.url}/items/${item.uuid}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

interface Moment {
  readonly url: string;
  readonly time: number;
}

/** Plays the video, and notes by which URL it was at which time. */
async function play(): Promise<() => Promise<Moment[]>> {
  await page.evaluate(() => {
    const moments: { url: string; time: number }[] = [];
    Object.assign(globalThis, { moments });
    const note = (event: Event) => {
      const { currentSrc: url, currentTime: time } = event.target as HTMLVideoElement;
      moments.push({ url, time });
    };
    for (const name of ['timeupdate', 'ended']) document.addEventListener(name, note, true);
  });
  await page.locator('main video').evaluate((element) => (element as HTMLVideoElement).play());
  return () => page.evaluate(() => (globalThis as unknown as { moments: Moment[] }).moments);
}

const statusesOf = (key: string) =>
  media.bucket.log.filter(({ path }) => path === `/media/${key}`).map(({ status }) => status);

describe('an integration with a signer', () => {
  let folder: StorageFolder;

  it('is made in the browser, which tests the signer', async () => {
    await page.goto(`${latchkey.url}/sign-in`);
    await page.getByLabel('E-mail address').fill(admin.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Files & Folders' }).waitFor();
    await page.goto(`${latchkey.url}/integrations`);
    await page.getByRole('button', { name: 'Add integration' }).first().click();
    const form = page.getByRole('dialog', { name: 'Add integration' });
    await form.getByLabel('Title').fill('With a signer');
    await form.getByLabel('Strict client-only access').check();
    await form.getByLabel('Allowed hosts').fill(new URL(proxy.origin).host);
    await form.getByLabel('Signer URL').fill(signerUrl);
    await form.getByRole('button', { name: 'Create and test the signer' }).click();
    const test = page.getByRole('dialog', { name: 'Test the signer of With a signer' });
    const object = test.getByLabel('An object to ask for');
    const run = test.getByRole('button', { name: 'Run the test' });
    await run.click();
    await test.getByText('It answers this browser and accepts the token.').waitFor();
    await object.fill('s3://media/images/sunflower.png');
    await run.click();
    await test.getByText(`It gave a URL at ${new URL(proxy.origin).host}`).waitFor();
    await object.fill('s3://another/a.png');
    await run.click();
    await test.getByText('No rule of this signer lets you have the object').waitFor();
    await signer.close();
    await run.click();
    await test.getByText('The signer cannot be reached').waitFor();
    signer = await startTestSigner();
  });

  it('shows an image that the manifest names in its store', async () => {
    const [integration] = await client.getCloudIntegrations({ titles: ['With a signer'] });
    folder = await client.createStorageFolder('By their names');
    await register(folder, integration?.integrationUuid ?? '', {
      images: unsigned('images', (key) => `s3://media/${key}`),
      videos: unsigned('videos', (key) => `s3://media/${key}`),
    });
    await openItem(folder, 'images/sunflower.png');
    const image = page.locator('main img[crossorigin="anonymous"]');
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(100);
    expect(await image.getAttribute('src')).toContain(`${proxy.origin}/media/images/sunflower.png?X-Amz-`);
  });

  it('goes on at the same position when the URL of a playing video expires', async () => {
    const before = signerLog.length;
    proxy.stall(`/media/${video}`, 70_000);
    await openItem(folder, video);
    await expect
      .poll(() => page.locator('main video').evaluate((e) => (e as HTMLVideoElement).readyState))
      .toBeGreaterThanOrEqual(2);
    const moments = await play();
    await expect.poll(() => statusesOf(video), { timeout: 20_000 }).toContain(403);
    await expect.poll(async () => new Set((await moments()).map(({ url }) => url)).size).toBe(2);
    await expect.poll(async () => (await moments()).at(-1)?.time ?? 0).toBeGreaterThan(6.5);
    const seen = await moments();
    const [first, second] = [...new Set(seen.map(({ url }) => url))];
    const last = seen.findLast(({ url }) => url === first)?.time ?? 0;
    const next = seen.find(({ url }) => url === second)?.time ?? 0;
    expect(last).toBeGreaterThan(1);
    expect(next).toBeGreaterThanOrEqual(last - 0.5);
    expect(signerLog.slice(before)).toMatchObject([
      { status: 200, signedCount: 1, refusedCount: 0 },
      { status: 200, signedCount: 1, refusedCount: 0 },
    ]);
  });

  it('says why there is no URL, and shows the item once there is one', async () => {
    await signer.close();
    await openItem(folder, 'images/sunflower.png');
    const notice = page.locator('[data-signer-problem="unreachable"]');
    await notice.getByText('The signer cannot be reached').waitFor();
    signer = await startTestSigner();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('main img[crossorigin="anonymous"]').waitFor();
  });
});

describe('an integration without a signer', () => {
  it('says that the URL of a playing video has expired, and when', async () => {
    const integration = await client.createCloudIntegration({ title: 'Without', strictClientOnly: true });
    const folder = await client.createStorageFolder('Signed');
    const signedAt = Date.now();
    await register(folder, integration.integrationUuid, {
      videos: unsigned('videos', (key) => presignAt(signedAt, key, secondsWithout)),
    });
    proxy.stall(`/media/${video}`, 70_000);
    await openItem(folder, video);
    await play();
    const notice = page.locator('[data-failure="expired"]');
    await notice.getByText('The signed URL has expired').waitFor();
    const expiredAt = Math.floor(signedAt / 1000) * 1000 + secondsWithout * 1000;
    const written = await page.evaluate(
      (time) => new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(time),
      expiredAt,
    );
    expect(await notice.textContent()).toContain(`it was good until ${written}.`);
  });
});

describe('the server', () => {
  it('has connected to nothing, and its log holds neither a signature nor a token', async () => {
    expect(await readFile(egressLog, 'utf8')).toBe('');
    expect(latchkey.output()).toContain('request completed');
    expect(latchkey.output()).not.toMatch(/X-Amz-Signature|eyJ/);
  });

  it('sent pages that throw no error', () => {
    expect(pageErrors).toEqual([]);
  });
});
