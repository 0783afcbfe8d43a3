import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const image = (name: string) => ({
  objectUrl: `https://bucket.example.com/${name}?X-Amz-Signature=0123456789abcdef`,
  imageMetadata: { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 },
});
const bare = { objectUrl: image('bare.jpg').objectUrl, title: 'Bare' };

let system: TestSystem;
let environment: Record<string, string>;

beforeAll(async () => {
  system = await startTestSystem();
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  await system.call(createIntegration, { body: { title: 'Cameras', strictClientOnly: true } });
});
afterAll(() => system.close());

/** Registers the images; answers how to run a command on the job. */
async function registered(images: readonly object[]) {
  const path = manifestFile({ images });
  const where = ['--folder', 'Streets', '--integration', 'Cameras', '--ignore-errors', '--json'];
  const { stdout } = await runLatchkey(['register', path, ...where], { environment });
  const { uploadJobUuid, folderUuid } = JSON.parse(stdout) as Record<string, string>;
  const target = [`${uploadJobUuid}`, '--folder', `${folderUuid}`];
  return (name: string, ...args: string[]) => runLatchkey(['job', name, ...target, ...args], { environment });
}
const someFailed = () => registered([image('a.jpg'), bare, image('c.jpg')]);

test('lists what became of each unit in the order of the manifest, by outcome and up to a limit', async () => {
  const job = await someFailed();
  const all = await job('units');
  expect(all).toMatchObject({ exitCode: 0, stderr: '' });
  const lines = all.stdout.split('\n').slice(1);
  expect(lines.map((line) => line.trim().split(/\s+/).slice(0, 2))).toEqual([
    ['0', 'created'],
    ['1', 'error'],
    ['2', 'created'],
  ]);
  expect(lines[1]).toContain('media_metadata_missing');
  expect(all.stdout).not.toContain('0123456789abcdef');
  const failed = await job('units', '--outcome', 'error', 'cancelled', '--json');
  expect(JSON.parse(failed.stdout)).toMatchObject({ position: 1, error: { code: 'media_metadata_missing' } });
  expect((await job('units', '--limit', '2', '--json')).stdout.split('\n')).toHaveLength(2);
  const none = await job('units', '--outcome', 'renewed');
  expect(none).toMatchObject({ exitCode: 0, stdout: '', stderr: 'There is no such unit.' });
});

test('downloads all failed units as CSV and NDJSON', async () => {
  const job = await someFailed();
  const csv = await job('errors');
  expect(csv.stdout).toMatch(/^kind,element,.*\r\nimages,1,.*media_metadata_missing/);
  const ndjson = await job('errors', '--format', 'ndjson');
  expect(JSON.parse(ndjson.stdout)).toMatchObject({ code: 'media_metadata_missing' });
});

test('downloads a manifest of the failed units, with their signatures, for the eyes of its owner', async () => {
  const job = await someFailed();
  const path = join(temporaryDirectory(), 'failed.json');
  expect(await job('failed-units', '--out', path)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ images: [bare] });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('never writes over a file, and leaves none behind when it is refused', async () => {
  const job = await someFailed();
  const path = join(temporaryDirectory(), 'mine.json');
  writeFileSync(path, 'mine');
  for (const name of ['errors', 'failed-units']) {
    const { exitCode, stderr } = await job(name, '--out', path);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${path} exists already.`);
  }
  expect(readFileSync(path, 'utf8')).toBe('mine');
  const noneFailed = await registered([image('d.jpg')]);
  const other = join(temporaryDirectory(), 'failed.json');
  const refused = await noneFailed('failed-units', '--out', other);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('No unit of this job failed.');
  expect(() => statSync(other)).toThrow();
});
