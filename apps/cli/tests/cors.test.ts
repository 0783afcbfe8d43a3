import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { type FaultyStorage, type StorageFault, startFaultyStorage } from '@latchkey/testkit/faulty-storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';

const origin = 'https://latchkey.example.com';
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
const object = Buffer.from('not a real picture');
let storage: FaultyStorage;
let bucket: Bucket;
let directory: string;

beforeAll(async () => {
  storage = await startFaultyStorage(object, 'image/png');
  directory = await mkdtemp(join(tmpdir(), 'latchkey-cors-'));
  bucket = await startBucket({ bucket: 'media', directory, allowedOrigins: [origin], ...credentials });
  await bucket.putObject('a.png', object, 'image/png');
});
afterAll(async () => {
  await storage[Symbol.asyncDispose]();
  await bucket.close();
  await rm(directory, { recursive: true });
});

function sign(key: string, at = Date.now(), secretAccessKey = credentials.secretAccessKey): string {
  const place = { endpoint: bucket.origin, bucket: 'media', region: 'us-east-1', pathStyle: true };
  return createPresigner({ ...place, ...credentials, secretAccessKey, now: () => at })(key, {
    expiresInSeconds: 60,
  });
}

async function check(url: string, from = origin) {
  const { exitCode, stdout } = await runLatchkey(['cors', 'check', url, '--origin', from, '--json']);
  return { exitCode, report: JSON.parse(stdout) };
}

test('a bucket whose rule names the origin is fine', async () => {
  const { exitCode, report } = await check(sign('a.png'));
  expect(report).toMatchObject({
    verdict: { kind: 'fine' },
    status: 206,
    allowOrigin: origin,
    exposesRanges: true,
    preflight: 'allowed',
    warnings: [],
    rule: null,
  });
  expect(exitCode).toBe(0);
});

test('the same bucket asked from another origin lacks a rule, and the rule is printed for that origin', async () => {
  const { exitCode, report } = await check(sign('a.png'), 'https://other.example.com');
  expect(exitCode).toBe(1);
  expect(report.verdict).toEqual({ kind: 'no-cors' });
  expect(report.preflight).toBe('refused');
  expect(report.rule.text).toContain('https://other.example.com');
});

test.each([
  ['no-cors', { kind: 'no-cors' }],
  ['no-ranges', { kind: 'no-ranges' }],
  ['ranges-hidden', { kind: 'ranges-hidden' }],
  ['wrong-region', { kind: 'wrong-region', status: 301, region: 'eu-west-1' }],
  ['address-refused', { kind: 'address-refused', status: 403, address: '203.0.113.9' }],
  ['storage-error', { kind: 'storage-error', status: 503 }],
] as const satisfies readonly (readonly [StorageFault, object])[])(
  'a storage with the fault %s is recognised',
  async (fault, verdict) => {
    const { exitCode, report } = await check(storage.urlOf(fault));
    expect(report.verdict).toEqual(verdict);
    expect(exitCode).toBe(1);
  },
);

test('an expired, a wrongly signed and a missing object are told apart, also where the origin is not allowed', async () => {
  const other = 'https://other.example.com';
  const past = Date.now() - 3_600_000;
  expect((await check(sign('a.png', past), other)).report.verdict).toEqual({
    kind: 'expired',
    expiresAt: new Date(Math.floor(past / 1000) * 1000 + 60_000).toISOString(),
  });
  expect((await check(sign('a.png', Date.now(), 'another secret'), other)).report.verdict).toMatchObject({
    kind: 'refused',
    storageCode: 'SignatureDoesNotMatch',
  });
  expect((await check(sign('b.png'), other)).report.verdict).toMatchObject({ kind: 'not-found' });
});

test('a storage that is not there is unreachable', async () => {
  const gone = await startFaultyStorage(object, 'image/png');
  const url = gone.urlOf('no-cors');
  await gone[Symbol.asyncDispose]();
  expect((await check(url)).report.verdict).toEqual({ kind: 'unreachable' });
});

test('data over http for a page over https is mixed content, and is not even asked for', async () => {
  const { report } = await check('http://nas.invalid/a.png');
  expect(report).toMatchObject({ verdict: { kind: 'mixed-content' }, status: null });
});

test('an answer for one origin without Vary is warned of', async () => {
  const { exitCode, report } = await check(storage.urlOf('no-vary'));
  expect(exitCode).toBe(0);
  expect(report.warnings).toEqual([expect.stringContaining('Vary: Origin')]);
});

test('a URL from standard input is checked, and no signature is printed', async () => {
  const url = sign('a.png');
  const args = ['cors', 'check', '-', '--origin', 'https://other.example.com'];
  const { exitCode, stdout, stderr } = await runLatchkey(args, { input: `${url}\n` });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('The bucket does not allow this page to read it');
  expect(stdout).toContain('pages of https://other.example.com');
  const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
  expect(signature).toHaveLength(64);
  expect(stdout + stderr).not.toContain(signature);
});

test.each([
  ['a URL that is none', ['cors', 'check', 'bucket/a.png', '--origin', origin]],
  ['an origin with a path', ['cors', 'check', 'https://b.example.com/a', '--origin', `${origin}/app`]],
  ['an origin that is none', ['cors', 'config', 'aws', '--origin', 'latchkey.example.com']],
  ['a bucket name with a quote', ['cors', 'config', 'aws', '--origin', origin, '--bucket', "a'b"]],
  ['an unknown provider', ['cors', 'config', 'floppy', '--origin', origin]],
])('%s is refused', async (_case, args) => {
  const { exitCode, stdout, stderr } = await runLatchkey(args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).not.toBe('');
});

test('the rule alone is what the provider reads', async () => {
  const args = ['cors', 'config', 'gcp', '--origin', origin, '--text'];
  const { exitCode, stdout } = await runLatchkey(args);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ origin: [origin], method: ['GET'] }]);
  const steps = await runLatchkey(['cors', 'config', 'azure', '--origin', origin, '--bucket', 'acme']);
  expect(steps.stdout).toContain('--account-name acme');
});
