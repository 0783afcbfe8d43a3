import { gzipSync } from 'node:zlib';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { startTestSystem } from '@latchkey/testkit/start-system';
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

test('takes URLs of a gateway whatever the allowed hosts are', async () => {
  const path = manifestFile({ images: [{ objectUrl: 'https://data.example.com/a.jpg' }] });
  const args = ['check', path, '--allowed-host', 'other.example.com'];
  expect((await runLatchkey(args)).exitCode).toBe(1);
  const gateway = ['--gateway', 'https://data.example.com/=s3://acme/'];
  expect((await runLatchkey([...args, ...gateway])).exitCode).toBe(0);
  expect((await runLatchkey([...args, '--gateway', 'data.example.com'])).stderr).toContain(
    'is not the address of a gateway',
  );
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

const ndjson = `${JSON.stringify({ type: 'image', ...image })}\nnot JSON\n${JSON.stringify({ ...image })}\n`;

test.each([
  ['manifest.ndjson', ndjson],
  ['manifest.jsonl', ndjson],
  ['manifest.ndjson.gz', gzipSync(ndjson)],
])('reads %s as NDJSON, and counts units whose type is not known', async (name, content) => {
  const { exitCode, stdout } = await runLatchkey(['check', manifestFile(content, name)]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/images +1\n +of no known type +2\n +would fail +2\n +in the manifest +3\n/);
  expect(stdout).toContain('unit_malformed');
  expect(stdout).toContain('unit_type_missing');
});

test('reads a packed file, and refuses one that is not gzip, and CSV', async () => {
  const packed = manifestFile(gzipSync(JSON.stringify({ images: [image] })), 'manifest.json.gz');
  expect(await runLatchkey(['check', packed])).toMatchObject({ exitCode: 0 });
  const notPacked = await runLatchkey(['check', manifestFile({ images: [image] }, 'manifest.json.gz')]);
  expect(notPacked.exitCode).toBe(2);
  expect(notPacked.stderr).toContain('cannot be read (not gzip, or cut off)');
  const csv = await runLatchkey(['check', manifestFile('a,b', 'manifest.csv'), '--json']);
  expect(csv.exitCode).toBe(2);
  expect(JSON.parse(csv.stdout)).toMatchObject({ refusal: { code: 'not_a_manifest' } });
  const table = 'ObjectURL;Image title\nhttps://a.example/1.jpg;one\n';
  expect(await runLatchkey(['check', manifestFile(table, 'table.csv')])).toMatchObject({ exitCode: 0 });
});

test('checks with the limits of the server that is named', async () => {
  const environment = { LATCHKEY_MAX_TITLE_LENGTH: '10', LATCHKEY_MAX_MANIFEST_BYTES: '500' };
  await using system = await startTestSystem({ worker: false, environment });
  const path = manifestFile({ images: [{ ...image, title: 'more than ten' }] });
  const server = ['--url', system.baseUrl];
  const credentials = { environment: { LATCHKEY_TOKEN: system.admin.token } };
  expect(await runLatchkey(['check', path])).toMatchObject({ exitCode: 0 });
  const checked = await runLatchkey(['check', path, ...server], credentials);
  expect(checked.exitCode).toBe(1);
  expect(checked.stdout).toContain('title_too_long');
  const large = manifestFile(JSON.stringify({ images: [image] }) + ' '.repeat(500));
  const refused = await runLatchkey(['check', large, ...server], credentials);
  expect(refused.exitCode).toBe(2);
  expect(refused.stdout).toContain('larger than 500 bytes (limit manifestBytes)');
});

test('answers 3 where the server that is named cannot be reached', async () => {
  const environment = { ENCORD_SSH_KEY: generateSshKeyPair().privateKey };
  const args = ['check', manifestFile({ images: [image] }), '--url', 'http://127.0.0.1:9'];
  expect(await runLatchkey(args, { environment })).toMatchObject({ exitCode: 3 });
});
