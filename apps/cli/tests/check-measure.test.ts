import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoMedia } from '@latchkey/bucket/demo-media';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
const png = { width: 1024, height: 1024, fileSize: 72832, mimeType: 'image/png' };
let directory: string;
let bucket: Bucket;
let sign: (key: string) => string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-bucket-'));
  bucket = await startBucket({ bucket: 'media', directory, allowedOrigins: 'any', ...credentials });
  for (const { key, filePath, contentType } of demoMedia())
    await bucket.putObject(key, filePath, contentType);
  const presign = createPresigner({
    endpoint: bucket.origin,
    bucket: 'media',
    region: 'us-east-1',
    pathStyle: true,
    now: Date.now,
    ...credentials,
  });
  sign = (key) => presign(key, { expiresInSeconds: 3600 });
});
afterAll(async () => {
  await bucket.close();
  await rm(directory, { recursive: true });
});

const outPath = (name = 'measured.json'): string => join(temporaryDirectory(), name);
const requests = (): number => bucket.log.length;

test('--measure --out writes the manifest with what was measured, which then is complete for strict', async () => {
  const manifest = {
    images: [
      { objectUrl: sign('images/sunflower.png'), title: 'flower' },
      { objectUrl: 'https://not-asked.example/1.png', imageMetadata: png },
    ],
    pdfs: [{ objectUrl: sign('pdfs/handbook.pdf') }],
    skip_duplicate_urls: true,
  };
  const out = outPath();
  const args = ['check', manifestFile(manifest), '--measure', '--out', out, '--strict'];
  const { exitCode, stdout } = await runLatchkey(args);
  expect(stdout).toMatch(/measured +2\n/);
  expect(exitCode).toBe(0);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({
    ...manifest,
    images: [{ ...manifest.images[0], imageMetadata: png }, manifest.images[1]],
    pdfs: [{ ...manifest.pdfs[0], pdfMetadata: { fileSize: 5328, numPages: 3 } }],
  });
  // It holds signed URLs.
  expect(statSync(out).mode & 0o077).toBe(0);
  expect(existsSync(`${out}.measured`)).toBe(false);
});

test('a table is written as NDJSON', async () => {
  const csv = manifestFile(`Type,ObjectURL\nimage,${sign('images/sunflower.png')}\n`, 'table.csv');
  const out = outPath('measured.ndjson');
  expect(await runLatchkey(['check', csv, '--measure', '--out', out, '--strict'])).toMatchObject({
    exitCode: 0,
  });
  const lines = readFileSync(out, 'utf8').trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'images', imageMetadata: png });
  const refused = await runLatchkey(['check', csv, '--measure', '--out', outPath('measured.csv')]);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('.ndjson') });
});

test('names what could not be measured, writes the rest, and goes on from there', async () => {
  const manifest = {
    images: [
      { objectUrl: sign('images/sunflower.png') },
      { objectUrl: sign('images/late.png'), title: 'late' },
    ],
    videos: [{ objectUrl: sign('images/decay-plot.png'), title: 'no video' }],
  };
  const out = outPath();
  const first = await runLatchkey(['check', manifestFile(manifest), '--measure', '--out', out, '--json']);
  expect(first.exitCode).toBe(1);
  const { measuring } = JSON.parse(first.stdout);
  expect(measuring).toMatchObject({ measuredCount: 1, failedCount: 2, findingCount: 2 });
  expect(measuring.findings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'object_not_found',
        title: 'late',
        objectUrl: `${bucket.origin}/media/images/late.png`,
        place: expect.objectContaining({ kind: 'images', element: 1 }),
      }),
      expect.objectContaining({ code: 'media_wrong_type', title: 'no video' }),
    ]),
  );
  expect(first.stdout).not.toContain('X-Amz');
  await bucket.putObject('images/late.png', demoMedia()[2]?.filePath ?? '', 'image/png');
  const before = requests();
  const again = await runLatchkey(['check', out, '--measure', '--json']);
  expect(JSON.parse(again.stdout).measuring).toMatchObject({ measuredCount: 1, failedCount: 1 });
  expect(bucket.log.slice(before).map(({ path }) => path)).not.toContainEqual(
    expect.stringContaining('sunflower'),
  );
});

test('--verify names each field that differs, with what is claimed and what was measured', async () => {
  const path = manifestFile({
    images: [
      {
        objectUrl: sign('images/sunflower.png'),
        imageMetadata: { ...png, width: 2000, mimeType: 'image/jpeg' },
      },
      { objectUrl: sign('images/sunflower.png'), imageMetadata: png },
      { objectUrl: sign('images/gone.png'), imageMetadata: png },
      { objectUrl: sign('images/sunflower.png') },
    ],
  });
  const { exitCode, stdout } = await runLatchkey(['check', path, '--verify']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/verified +2\n +differ +1\n +not verified +1\n/);
  expect(stdout).toContain('images[0]');
  expect(stdout).toContain('width: the manifest says 2000, measured 1024');
  expect(stdout).toContain('mimeType: the manifest says "image/jpeg", measured "image/png"');
  expect(stdout).toContain('object_not_found');
});

test('--sample verifies so many and no more', async () => {
  const images = Array.from({ length: 40 }, () => ({
    objectUrl: sign('images/sunflower.png'),
    imageMetadata: png,
  }));
  const args = ['check', manifestFile({ images }), '--verify', '--sample', '3', '--json'];
  const { exitCode, stdout } = await runLatchkey(args);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).measuring).toMatchObject({ verifiedCount: 3, differingCount: 0 });
});

test('Ctrl-C keeps what was measured, and the next run does not measure it again', async () => {
  const waiting = createServer(() => undefined);
  await new Promise<void>((resolve) => waiting.listen(0, '127.0.0.1', resolve));
  const objectUrl = `http://127.0.0.1:${(waiting.address() as AddressInfo).port}/never.png`;
  const path = manifestFile({ images: [{ objectUrl: sign('images/sunflower.png') }, { objectUrl }] });
  const out = outPath();
  const args = ['check', path, '--measure', '--out', out];
  const controller = new AbortController();
  const journal = `${out}.measured`;
  const running = runLatchkey(args, { signal: controller.signal });
  await expect
    .poll(() => existsSync(journal) && statSync(journal).size, { timeout: 20_000 })
    .toBeGreaterThan(0);
  controller.abort();
  expect(await running).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('1 object') });
  expect(existsSync(out)).toBe(false);
  waiting.close();
  waiting.closeAllConnections();
  const before = requests();
  expect(await runLatchkey(args)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('object_unreachable'),
  });
  expect(requests()).toBe(before);
  expect(JSON.parse(readFileSync(out, 'utf8')).images[0]).toMatchObject({ imageMetadata: png });
});

test('refuses options that do nothing, and a file that is there', async () => {
  const path = manifestFile({ images: [{ objectUrl: 'https://a.example/1.png' }] });
  const refused = [
    ['--out', outPath()],
    ['--sample', '5'],
    ['--verify', '--sample', '0'],
    ['--measure', '--out', path],
    ['--measure', '--out', outPath('measured.json.gz')],
  ];
  for (const options of refused)
    expect(await runLatchkey(['check', path, ...options])).toMatchObject({ exitCode: 2 });
});

test('asks for nothing of what is no manifest', async () => {
  const text = `{"images": [{"objectUrl": "${sign('images/sunflower.png')}"}], "pdfs": }`;
  const before = requests();
  const { exitCode, stdout } = await runLatchkey([
    'check',
    manifestFile(text),
    '--measure',
    '--out',
    outPath(),
  ]);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('refused');
  expect(requests()).toBe(before);
});
