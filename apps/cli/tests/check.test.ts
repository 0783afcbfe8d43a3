import { expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const image = { objectUrl: 'https://bucket.example.com/a.jpg?X-Amz-Signature=0123456789abcdef' };

test('answers 0 to a manifest without faults', async () => {
  const { exitCode, stdout } = await runLatchkey(['check', manifestFile({ images: [image] })]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/images +1\n +would fail +0\n/);
});

test('answers 1 with place, code and hint where units would fail, and shows no signature', async () => {
  const path = manifestFile({ images: [image, { title: 'no URL' }] });
  const { exitCode, stdout } = await runLatchkey(['check', path, '--strict']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('images[1]');
  expect(stdout).toContain('object_url_missing');
  expect(stdout).toContain('media_metadata_missing');
  expect(stdout).toContain('https://bucket.example.com/a.jpg\n');
  expect(stdout).not.toContain('0123456789abcdef');
});

test('prints one JSON object with --json', async () => {
  const path = manifestFile({ images: [image] });
  const args = ['check', path, '--json', '--allowed-host', 'other.example.com'];
  const { exitCode, stdout, stderr } = await runLatchkey(args);
  expect(exitCode).toBe(1);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({
    refusal: null,
    unitsTotalCount: 1,
    unitsErrorCount: 1,
    unitErrors: [{ objectUrl: 'https://bucket.example.com/a.jpg', code: 'host_not_allowed' }],
  });
});

test('answers 2 to what is not a manifest, with line and column', async () => {
  const { exitCode, stdout } = await runLatchkey(['check', manifestFile('{"images": [}')]);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/refused: .*line 1, column 13/);
  const asJson = await runLatchkey(['check', manifestFile('[]'), '--json']);
  expect(asJson.exitCode).toBe(2);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ refusal: { code: 'not_a_manifest' } });
});

test('answers 2 to a file that cannot be read', async () => {
  const missing = await runLatchkey(['check', '/no/such/manifest.json']);
  expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
  expect(missing.stderr).toContain('/no/such/manifest.json cannot be read (ENOENT)');
  const directory = await runLatchkey(['check', temporaryDirectory(), '--json']);
  expect(directory).toMatchObject({ exitCode: 2, stderr: '' });
  expect(JSON.parse(directory.stdout)).toMatchObject({ error: { code: 'file_unreadable' } });
});
