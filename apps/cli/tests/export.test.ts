import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from '@latchkey/contract/routes/folders';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

let system: TestSystem;
let environment: Record<string, string>;
beforeAll(async () => {
  system = await startTestSystem();
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  const made = await system.call(createIntegration, { body: { title: 'Cameras' } });
  const folder = await system.call(createFolder, { body: { name: 'Streets' } });
  const imageMetadata = { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 };
  await system.register(folder.body.uuid, made.body.integrationUuid, {
    images: [{ objectUrl: signed('a.jpg'), title: 'a', imageMetadata }],
    videos: [{ objectUrl: signed('v.mp4'), title: 'v' }],
  });
  await system.drain();
});
afterAll(() => system.close());

const signed = (key: string) =>
  `https://acme.s3.amazonaws.com/${key}?X-Amz-Credential=c&X-Amz-Date=21260301T120000Z&X-Amz-Expires=3600&X-Amz-Signature=ab`;
const run = (...args: string[]) => runLatchkey(['export', ...args], { environment });

test('writes a file for its owner alone, and names what was left out', async () => {
  const out = join(temporaryDirectory(), 'coco.json');
  const done = await run('Streets', '--format', 'coco', '--with-signatures', '--out', out);
  expect(done).toMatchObject({ exitCode: 0, stdout: '' });
  expect(done.stderr).toBe(
    '1 item exported, 1 signed URL.\nLeft out: 1 video. The format has no place for this type.',
  );
  expect(JSON.parse(readFileSync(out, 'utf8')).images[0].coco_url).toBe(signed('a.jpg'));
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(await run('Streets', '--format', 'coco', '--out', out)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('exists already'),
  });
});

test('writes to standard output, without signatures unless it is told to', async () => {
  const { stdout, exitCode } = await run('Streets', '--format', 'manifest-ndjson', '--type', 'video');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    type: 'video',
    objectUrl: 'https://acme.s3.amazonaws.com/v.mp4',
    title: 'v',
  });
});

test('prints the report for programs', async () => {
  const out = join(temporaryDirectory(), 'items.ndjson');
  const { stdout } = await run('Streets', '--format', 'items', '--search', 'a', '--out', out, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ status: 'DONE', itemsCount: 1, leftOut: [] });
});

test.each([
  ['a format that there is not', ['--format', 'excel'], 'Allowed choices are'],
  ['a moment that is none', ['--format', 'items', '--expires-before', 'soon'], 'Give a moment such as'],
  ['a report without a file', ['--format', 'items', '--json'], 'Give a file with --out'],
  ['signatures where there is no place for them', ['--format', 'cvat', '--with-signatures'], 'by their keys'],
])('refuses %s', async (_case, args, message) => {
  const { exitCode, stderr, stdout } = await run('Streets', ...args);
  expect(exitCode).toBe(2);
  expect(stderr + stdout).toContain(message);
});
