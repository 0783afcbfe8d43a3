import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoMedia } from '@latchkey/bucket/demo-media';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { locate } from '@latchkey/locator/locate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
const environment = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
const COUNT = 2500;
const streetKey = (number: number): string => `streets/${String(number).padStart(5, '0')} é+.jpg`;

let directory: string;
let bucket: Bucket;
let onRequest: () => void = () => undefined;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-bucket-'));
  bucket = await startBucket({
    bucket: 'media',
    region: 'eu-central-1',
    directory,
    listable: true,
    allowedOrigins: 'any',
    onRequest: () => onRequest(),
    ...keys,
  });
  const put = (key: string) => bucket.putObject(key, Buffer.from('x'), 'image/jpeg');
  for (let start = 0; start < COUNT; start += 100)
    await Promise.all(Array.from({ length: 100 }, (_, number) => put(streetKey(start + number))));
  await Promise.all(['streets/', 'streets/notes.xyz', 'streets/README', 'streets/data.csv'].map(put));
  for (const { key, filePath, contentType } of demoMedia())
    await bucket.putObject(`demo/${key}`, filePath, contentType);
});
afterAll(async () => {
  await bucket.close();
  await rm(directory, { recursive: true });
});

const outPath = (name = 'manifest.json'): string => join(temporaryDirectory(), name);
const scan = (uri: string, out: string, ...more: string[]) =>
  runLatchkey(['scan', uri, '--endpoint', bucket.origin, '--out', out, ...more], { environment });
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const identityOf = (url: string): string => {
  const located = locate(url);
  return located.ok ? located.url.identity : located.problem;
};

describe('scan', () => {
  test('lists a prefix in pages, signs each URL, and names what it left out', async () => {
    const out = outPath();
    const { exitCode, stdout, stderr } = await scan('s3://media/streets/', out, '--expires-in', '1h');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { images } = readJson(out);
    expect(images.map(({ title }: { title: string }) => title)).toEqual(
      Array.from({ length: COUNT }, (_, number) => streetKey(number)),
    );
    const { objectUrl } = images[COUNT - 1];
    expect(identityOf(objectUrl)).toBe(
      identityOf(`${bucket.origin}/media/${encodeURI(streetKey(COUNT - 1))}`),
    );
    expect((await fetch(objectUrl)).status).toBe(200);
    expect(stdout).toContain('The URLs live for 1 h; this store signs for 7 days at most.');
    expect(stdout).toMatch(/images +2500\n {2}of unknown kind +3\n {2}folder markers +1\n {2}listed +2504\n/);
    expect(stdout).toMatch(/does not tell what they are: .*\.xyz \(1\)/);
    expect(stdout).toContain('strict client-only access');
    expect(stdout).not.toMatch(/Signature=|AKIATEST|secret of the test/);
    // It holds signed URLs.
    expect(statSync(out).mode & 0o077).toBe(0);
  });

  test('an interrupted scan goes on where it was, and comes to what an undisturbed one does', async () => {
    const [whole, resumed] = [outPath('whole.ndjson'), outPath('resumed.ndjson')];
    expect(await scan('s3://media/streets/', whole, '--unsigned')).toMatchObject({ exitCode: 0 });
    const controller = new AbortController();
    onRequest = () => controller.abort();
    const args = ['scan', 's3://media/streets/', '--endpoint', bucket.origin, '--region', 'eu-central-1'];
    const more = ['--out', resumed, '--unsigned'];
    const first = await runLatchkey([...args, ...more], { environment, signal: controller.signal });
    onRequest = () => undefined;
    expect(first).toMatchObject({
      exitCode: 130,
      stderr: expect.stringContaining('Run the same command again'),
    });
    expect(existsSync(resumed)).toBe(false);
    // A process that was killed leaves half a page.
    appendFileSync(`${resumed}.scan`, '["images","streets/half a pa');
    const before = bucket.log.length;
    expect(await runLatchkey([...args, ...more], { environment })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(resumed, 'utf8')).toBe(readFileSync(whole, 'utf8'));
    expect(bucket.log.length - before).toBeLessThanOrEqual(3);
    expect(existsSync(`${resumed}.scan`)).toBe(false);
  });

  test('what another scan left is not gone on with', async () => {
    const out = outPath();
    writeFileSync(`${out}.scan`, '{"scan":1,"question":{"uri":"s3://other/"}}\n');
    const { exitCode, stderr } = await scan('s3://media/streets/', out);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is what another scan has listed so far');
  });

  test('filters, takes the kinds that it is told, and writes a table', async () => {
    const out = outPath('data.csv');
    const filter = ['--include', 'data.*', 'streets/**/*.x?z', '--exclude', '*.xyz'];
    const run = await scan('s3://media/streets/', out, ...filter, '--kind', 'csv=time_series', '--unsigned');
    expect(run).toMatchObject({ exitCode: 0 });
    expect(readFileSync(out, 'utf8').split('\r\n').slice(1, -1)).toEqual([
      expect.stringContaining(`time_series,${bucket.origin}/media/streets/data.csv,streets/data.csv`),
    ]);
  });

  test('measures what it lists, so that the manifest is complete for strict client-only access', async () => {
    const out = outPath();
    const filter = ['--include', '*.png', '*.pdf', '--gateway', 'https://media.acme.com/x'];
    const run = await scan('s3://media/demo/', out, ...filter, '--measure', '--json');
    expect(JSON.parse(run.stdout).measuring).toMatchObject({ failedCount: 0, findingCount: 0 });
    const { images, pdfs } = readJson(out);
    expect(images).toContainEqual({
      objectUrl: 'https://media.acme.com/x/demo/images/sunflower.png',
      title: 'demo/images/sunflower.png',
      imageMetadata: { width: 1024, height: 1024, fileSize: 72832, mimeType: 'image/png' },
    });
    expect(pdfs).toContainEqual(expect.objectContaining({ pdfMetadata: { fileSize: 5328, numPages: 3 } }));
    expect(await runLatchkey(['check', out, '--strict'])).toMatchObject({ exitCode: 0 });
    expect(existsSync(`${out}.measured`)).toBe(false);
  });

  test('names the files that it could not measure, and writes the others', async () => {
    const out = outPath();
    const run = await scan('s3://media/streets/', out, '--include', '00007*', '--measure');
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(/not measured +1\n {2}streets\/00007 é\+\.jpg\n/);
    expect(readJson(out).images).toHaveLength(1);
  });

  test('lists a directory with the address of its files, and one element for the DICOM files of a folder', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'ct'));
    for (const name of ['ct/1.dcm', 'ct/2.dcm', 'a b.png']) writeFileSync(join(root, name), 'x');
    const out = outPath();
    const base = ['--base-url', 'https://media.acme.com/scans', '--unsigned'];
    expect(await runLatchkey(['scan', root, '--out', out, ...base])).toMatchObject({ exitCode: 0 });
    expect(readJson(out)).toEqual({
      images: [{ objectUrl: 'https://media.acme.com/scans/a%20b.png', title: 'a b.png' }],
      dicom_series: [
        {
          title: 'ct',
          objectUrl_0: 'https://media.acme.com/scans/ct/1.dcm',
          title_0: 'ct/1.dcm',
          objectUrl_1: 'https://media.acme.com/scans/ct/2.dcm',
          title_1: 'ct/2.dcm',
        },
      ],
    });
  });

  test.each([
    ['nothing below the prefix', 's3://media/nothing/', [], 'There is no object below s3://media/nothing/'],
    [
      'nothing that is wanted',
      's3://media/streets/',
      ['--include', '*.tiff'],
      '2,504 objects and none to write',
    ],
    ['a time that is too long', 's3://media/', ['--expires-in', '8d'], 'the most is 7 days'],
    ['two kinds of URLs', 's3://media/', ['--unsigned', '--expires-in', '1d'], 'exclude each other'],
    ['an unknown kind', 's3://media/', ['--kind', 'csv=table'], 'Give one of videos, images'],
    ['another URI', 'https://media.s3.amazonaws.com/', [], 's3://, gs://, az:// or obs://'],
  ])('refuses %s', async (_what, uri, more, message) => {
    const out = outPath();
    const { exitCode, stderr } = await scan(uri, out, ...more);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect([existsSync(out), existsSync(`${out}.scan`)]).toEqual([false, false]);
  });

  test('says that the credentials may not list, and never what they are', async () => {
    const out = outPath();
    const args = ['scan', 's3://media/', '--endpoint', bucket.origin, '--out', out, '--measure'];
    const run = await runLatchkey(args, {
      environment: { ...environment, AWS_SECRET_ACCESS_KEY: 'wrong one' },
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('403 (SignatureDoesNotMatch)');
    expect(run.stderr).not.toMatch(/X-Amz|AKIATEST|wrong one/);
    // Nothing is left that would stand in the way of another scan.
    expect([existsSync(`${out}.scan`), existsSync(`${out}.measured`)]).toEqual([false, false]);
  });
});
