import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoMedia } from '@latchkey/bucket/demo-media';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { LatchkeyError } from '@latchkey/contract/errors';
import { addSshKey } from '@latchkey/contract/routes/session';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { measureManifest } from '@latchkey/measuring/measure-manifest';
import { MeasurementMap } from '@latchkey/measuring/measurements';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
const png = { width: 1024, height: 1024, fileSize: 72832, mimeType: 'image/png' };
let directory: string;
let bucket: Bucket;
let system: TestSystem;
let sign: (key: string) => string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-measuring-'));
  bucket = await startBucket({
    bucket: 'media',
    directory: join(directory, 'bucket'),
    allowedOrigins: [],
    ...credentials,
  });
  for (const { key, filePath, contentType } of demoMedia())
    await bucket.putObject(key, filePath, contentType);
  const place = { endpoint: bucket.origin, bucket: 'media', region: 'us-east-1', pathStyle: true };
  const presign = createPresigner({ ...place, ...credentials, now: Date.now });
  sign = (key) => presign(key, { expiresInSeconds: 3600 });
  system = await startTestSystem();
});
afterAll(async () => {
  await system.close();
  await bucket.close();
  await rm(directory, { recursive: true });
});

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const unmeasured = () => ({
  images: [{ objectUrl: sign('images/sunflower.png'), title: 'flower' }],
  pdfs: [{ objectUrl: sign('pdfs/handbook.pdf'), title: 'handbook' }],
});

test('a manifest that was measured is registered under strict client-only access', async () => {
  const pair = generateSshKeyPair('test');
  await system.call(addSshKey, { body: { title: 'test', publicKey: pair.publicKey } });
  const client = LatchkeyClient.createWithSshPrivateKey(pair.privateKey, { baseUrl: system.baseUrl });
  const { integrationUuid } = await client.createCloudIntegration({
    title: 'Strict',
    strictClientOnly: true,
  });
  const folder = await client.createStorageFolder('Measured');
  const measured = await measureManifest(unmeasured());
  expect(measured).toMatchObject({ totals: { measured: 2, failed: 0 }, findings: [], format: 'json' });
  const job = await folder.addPrivateDataToFolderStart({
    integrationId: integrationUuid,
    manifest: measured.read(),
    format: measured.format,
  });
  expect(await folder.addPrivateDataToFolderGetResult(job)).toMatchObject({
    status: 'DONE',
    unitsDoneCount: 2,
  });
  for await (const item of folder.listItems())
    expect(item).toMatchObject(item.name === 'flower' ? png : { numPages: 3, fileSize: 5328 });
});

test('a packed table is read from its file and given as NDJSON', async () => {
  const path = join(directory, 'manifest.csv.gz');
  await writeFile(path, gzipSync(`Type,ObjectURL,Title\nimages,${sign('images/sunflower.png')},flower\n`));
  const { format, read } = await measureManifest(path);
  expect(format).toBe('ndjson');
  expect(JSON.parse((await textOf(read())).trim().split('\n').at(-1) ?? '')).toMatchObject({
    title: 'flower',
    imageMetadata: png,
  });
});

test('names what could not be measured and what is not true, and leaves it as it was', async () => {
  const lie = { ...png, width: 1025 };
  const manifest = {
    images: [
      { objectUrl: sign('images/missing.png') },
      { objectUrl: sign('images/sunflower.png'), imageMetadata: lie },
    ],
  };
  const { totals, findings, read } = await measureManifest(manifest, { verify: 'all' });
  expect(totals).toMatchObject({ failed: 1, verified: 1, differing: 1 });
  expect(findings).toMatchObject([
    { code: 'object_not_found', unit: { kind: 'images', element: 0 } },
    { code: 'metadata_differs', lies: [{ field: 'width', claimed: 1025, measured: 1024 }] },
  ]);
  expect(JSON.parse(await textOf(read()))).toEqual(manifest);
});

test('does not measure again what is known', async () => {
  const measurements = new MeasurementMap();
  await measureManifest(unmeasured(), { measurements });
  const before = bucket.log.length;
  const { totals, read } = await measureManifest(unmeasured(), { measurements });
  expect(totals.measured).toBe(2);
  expect(JSON.parse(await textOf(read())).images[0].imageMetadata).toEqual(png);
  expect(bucket.log.length).toBe(before);
});

test('ends with the reason of its signal, and with the error of what is no manifest', async () => {
  const reason = new Error('Enough.');
  await expect(measureManifest(unmeasured(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  await expect(measureManifest(Buffer.from('no manifest'))).rejects.toThrow(LatchkeyError);
});
