import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LatchkeyProcess, runLatchkeyCommand, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { launchChromium } from '../support/chromium.js';
import { credentials, type MediaBucket, startMediaBucket } from '../support/media-bucket.js';
import { type NetworkNamespace, openNetworkNamespace } from '../support/network-namespace.js';
import { keepScreenshot } from '../support/screenshots.js';
import { type System, startSystem } from '../support/system.js';

const decayPlot = { fileSize: 46_954, width: 1400, height: 800 };
let directory: string;
let office: NetworkNamespace;
let elsewhere: NetworkNamespace;
let media: MediaBucket;
let gateway: LatchkeyProcess;
let system: System;
let inOffice: Page;
const browsers: Browser[] = [];
const title = 'from the gateway';

/** The gateway before the bucket, which it alone has the key of. Everybody reaches it; the office is on its list. */
async function startGateway(host: string): Promise<LatchkeyProcess> {
  const certificate = makeCertificate(directory, host);
  const { accessKeyId, secretAccessKey } = credentials;
  await writeFile(
    gatewayFile(),
    JSON.stringify({
      listen: [{ address: `${host}:0`, certificates: [certificate] }],
      allow: [office.address],
      cache: { directory: join(directory, 'cache') },
      sites: [
        {
          hosts: [host],
          origin: {
            type: 's3',
            bucket: 'media',
            endpoint: media.bucket.origin,
            accessKeyId: { env: 'GATEWAY_KEY_ID' },
            secretAccessKey: { env: 'GATEWAY_KEY' },
          },
          corsOrigins: ['*'],
          browserTtl: 0,
        },
      ],
    }),
  );
  return spawnLatchkey({
    command: ['gateway', '--config', gatewayFile()],
    environment: { GATEWAY_KEY_ID: accessKeyId, GATEWAY_KEY: secretAccessKey },
  });
}

const gatewayFile = (): string => join(directory, 'gateway.json');

/** A browser within a network, signed in, at the item. */
async function openItem(network: NetworkNamespace): Promise<Page> {
  const browser = await launchChromium({ network, ignoresCertificates: true });
  browsers.push(browser);
  const url = system.latchkey.url.replace('0.0.0.0', office.hostAddress);
  const { page } = await system.signIn(browser, url);
  await page.goto(`${url}/items/${(await system.itemOf(title)).uuid}`);
  return page;
}

const refusalOf = (page: Page) => page.locator('[data-failure="address-refused"]');
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-gateway-'));
  office = openNetworkNamespace(directory, 0);
  elsewhere = openNetworkNamespace(directory, 1);
  media = await startMediaBucket(join(directory, 'bucket'), ['images']);
  gateway = await startGateway(office.hostAddress);
  system = await startSystem(directory, {
    strictClientOnly: true,
    gateways: [{ url: `${gateway.url}/`, bucketUrl: null }],
    environment: { LATCHKEY_HOST: '0.0.0.0' },
  });
  await system.register({
    images: [
      {
        objectUrl: `${gateway.url}/images/decay-plot.png`,
        title,
        imageMetadata: { mimeType: 'image/png', ...decayPlot },
      },
    ],
  });
});

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await system?.close();
  await gateway?.stop();
  await media?.bucket.close();
  office?.close();
  elsewhere?.close();
  await rm(directory, { recursive: true, force: true });
});

it('shows an item by its gateway to an allowed address, and tells another one which address is not', async () => {
  inOffice = await openItem(office);
  const image = inOffice.locator('img[crossorigin="anonymous"]');
  await expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
    .toBe(decayPlot.width);
  await keepScreenshot(inOffice, 'gateway-allowed');
  const outside = await openItem(elsewhere);
  await outside.getByRole('link', { name: 'Check the access' }).click();
  await refusalOf(outside).getByText(elsewhere.address).first().waitFor();
  await keepScreenshot(outside, 'gateway-refused');
});

it('refuses the address at once when it is taken from the list, what is cached too', async () => {
  await runLatchkeyCommand(['gateway', 'deny', office.address, '--config', gatewayFile()], {});
  await expect.poll(() => gateway.output()).toMatch(/configuration read/);
  await inOffice.reload();
  await inOffice.getByRole('link', { name: 'Check the access' }).click();
  await refusalOf(inOffice).getByText(office.address).first().waitFor();
});
