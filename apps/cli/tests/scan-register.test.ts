import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
const KEYS = ['notes/a.txt', 'notes/b é+.txt', 'notes/c.txt'];
const hourMs = 3_600_000;

let directory: string;
let bucket: Bucket;
let bucketNow = Date.now;
let system: TestSystem;
let environment: Record<string, string>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-bucket-'));
  bucket = await startBucket({
    ...{ bucket: 'media', directory, listable: true, allowedOrigins: 'any', now: () => bucketNow() },
    ...keys,
  });
  for (const key of KEYS) await bucket.putObject(key, Buffer.from(key), 'text/plain');
  system = await startTestSystem();
  system.startWorker();
  environment = {
    LATCHKEY_URL: system.baseUrl,
    LATCHKEY_TOKEN: system.admin.token,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  await system.call(createIntegration, { body: { title: 'Notes', strictClientOnly: true } });
});
afterAll(async () => {
  await system.close();
  await bucket.close();
  await rm(directory, { recursive: true });
});

const run = (...args: string[]) => runLatchkey(args, { environment });

/** What the bucket answers to the URLs of the folder's items. */
async function openItems(): Promise<{ uuid: string; name: string; status: number; text: string }[]> {
  const client = LatchkeyClient.createFromEnvironment(environment);
  const opened = [];
  for await (const folder of client.listStorageFolders({ search: 'Notes' }))
    for await (const { uuid, name, signedUrl } of folder.listItems({ signUrls: true })) {
      const answer = await fetch(signedUrl ?? '');
      opened.push({ uuid, name, status: answer.status, text: await answer.text() });
    }
  return opened;
}

test('what is scanned and measured is registered under strict client-only access, opens, dies and is renewed', async () => {
  const out = join(temporaryDirectory(), 'notes.json');
  const store = ['--endpoint', bucket.origin];
  const scanned = await run(
    'scan',
    's3://media/notes/',
    ...store,
    '--out',
    out,
    '--measure',
    '--expires-in',
    '1h',
  );
  expect(scanned).toMatchObject({ exitCode: 0, stderr: '' });
  const registered = await run('register', out, '--folder', 'Notes', '--integration', 'Notes');
  expect(registered).toMatchObject({ exitCode: 0, stderr: '' });
  const first = await openItems();
  expect(first.map(({ name, status, text }) => [name, status, text])).toEqual(
    KEYS.map((key) => [key, 200, key]),
  );

  // To the bucket, 2 hours go by.
  bucketNow = () => Date.now() + 2 * hourMs;
  expect((await openItems()).map(({ status }) => status)).toEqual([403, 403, 403]);
  const renewed = await run('renew', '--scan', 's3://media/notes/', ...store, '--folder', 'Notes', '--json');
  expect(JSON.parse(renewed.stdout)).toMatchObject({ renewedCount: 3, elsewhereCount: 0, stillExpiring: [] });
  expect(renewed.stdout).not.toMatch(/Signature/);
  expect((await openItems()).map(({ uuid, status }) => [uuid, status])).toEqual(
    first.map(({ uuid }) => [uuid, 200]),
  );
  const wrong = await runLatchkey(['renew', '--scan', 's3://media/notes/', ...store, '--folder', 'Notes'], {
    environment: { ...environment, AWS_SECRET_ACCESS_KEY: 'another' },
  });
  expect(wrong.exitCode).not.toBe(0);
  expect(wrong.stderr).toContain('(SignatureDoesNotMatch): nothing was renewed');
  expect((await openItems()).map(({ status }) => status)).toEqual([200, 200, 200]);
  const elsewhere = await run('renew', '--scan', 's3://other/', ...store, '--folder', 'Notes');
  expect(elsewhere.stdout).toContain('0 objects of "Notes" have a fresh URL; 3 are not below s3://other/.');
});

test('renew refuses to have neither a manifest nor a store, or both', async () => {
  expect((await run('renew', '--folder', 'Notes')).stderr).toContain('--scan with the URI of a store');
  const both = await run('renew', 'm.json', '--scan', 's3://media/', '--folder', 'Notes');
  expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--scan takes no manifest') });
});
