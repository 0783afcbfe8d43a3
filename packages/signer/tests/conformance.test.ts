import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSignerConfig } from '../src/config.js';
import { checkSigner } from '../src/conformance/check-signer.js';
import { startTestIssuer, type TestIssuer } from '../src/conformance/test-issuer.js';
import { storesOf } from '../src/open-store.js';
import { startSigner } from '../src/start-signer.js';
import { freePort, startOwnSigner } from './ask-own-signer.js';

const integration = '0198c1a2-7a54-7000-8000-000000000000';
const email = 'ada@example.com';
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
let directory: string;
let bucket: Bucket;
let signerUrl: string;
let issuer: TestIssuer;
/** The version of it that is not current. */
let object: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-conformance-'));
  const options = { bucket: 'media', directory, allowedOrigins: 'any', versioned: true } as const;
  bucket = await startBucket({ ...options, ...credentials });
  const { versionId } = await bucket.putObject('a folder/é+1.txt', Buffer.from('hello'), 'text/plain');
  await bucket.putObject('a folder/é+1.txt', Buffer.from('a later one'), 'text/plain');
  object = `s3://media/a%20folder/%C3%A9%2B1.txt?versionId=${versionId}`;
  signerUrl = `http://127.0.0.1:${await freePort()}/sign`;
  issuer = await startTestIssuer({ host: '127.0.0.1', port: 0, signerUrl, integration, email });
});
afterAll(async () => {
  await issuer.close();
  await bucket.close();
  await rm(directory, { recursive: true });
});

const settings = () => ({
  port: Number(new URL(signerUrl).port),
  signerUrl,
  latchkeyUrl: issuer.url,
  rules: [
    {
      prefix: 's3://media/a folder/'.replace(' ', '%20'),
      integrations: [integration],
      users: [email],
      store: 'b',
    },
  ],
  stores: { b: { endpoint: bucket.origin, region: 'us-east-1', pathStyle: true } },
});

const check = (onWait?: () => void) =>
  checkSigner({ signerUrl, issuer, object, fetchSigner: fetch }, undefined, onWait);

describe('the conformance test', () => {
  it('is passed by the reference signer, which logs neither tokens nor URLs', async () => {
    const log: Readonly<Record<string, unknown>>[] = [];
    await using signer = await startSigner({
      config: readSignerConfig(JSON.stringify(settings())),
      openStore: storesOf({
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      }),
      log: (line) => void log.push(line),
    });
    expect(signer.address).toBe(signerUrl);
    const results = await check();
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(log).toContainEqual(
      expect.objectContaining({ status: 200, integration, signedCount: 1, refusedCount: 1 }),
    );
    expect(JSON.stringify(log)).not.toMatch(/eyJ|X-Amz|folder/);
  }, 60_000);

  it('waits for one that has keys of an earlier check, and names what it does wrong: it lets everybody in', async () => {
    let knowsKey = false;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        const objects = /"objects":(\[.*\])/.exec(body)?.[1] ?? '[]';
        const status = knowsKey ? 200 : 401;
        knowsKey = true;
        response.writeHead(status, {
          'content-type': 'application/json',
          'access-control-allow-origin': '*',
        });
        const answered = (JSON.parse(objects) as string[]).map((object) => ({
          object,
          url: `${bucket.origin}/media/public.txt`,
          expiresAt: '2126-01-01T00:00:00Z',
        }));
        response.end(JSON.stringify({ version: 1, objects: answered }));
      });
    });
    await new Promise<void>((resolve) =>
      server.listen(Number(new URL(signerUrl).port), '127.0.0.1', resolve),
    );
    let waits = 0;
    const results = await check(() => {
      waits += 1;
    });
    expect(waits).toBe(1);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    const passed = results.flatMap(({ name, passed }) => (passed ? [name] : []));
    expect(passed).toEqual([
      'gives no URL of the current version for another that is named',
      'answers a valid token without objects by an empty list',
      'takes 500 objects',
      'accepts a new key within a minute of its publication',
    ]);
    const details = new Map(results.map(({ name, detail }) => [name, detail]));
    expect(details.get('refuses an expired token')).toBe('It answered 200; it has to answer 401.');
    expect(details.get('lets no other page ask (CORS preflight)')).toContain(
      'is * for the page of another origin',
    );
  });

  it('says that a signer cannot be reached', async () => {
    const [first] = await check();
    expect(first).toMatchObject({ passed: false, detail: expect.stringContaining('It gave no answer') });
  }, 90_000);
});

describe('the reference signer', () => {
  it('gives the version of an object that is named, and the current one where none is', async () => {
    const { urlOf } = await startOwnSigner({
      prefix: 's3://media/a%20folder/',
      store: { endpoint: bucket.origin, region: 'us-east-1', pathStyle: true },
      environment: {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    });
    const url = await urlOf(object);
    expect(await (await fetch(url)).text()).toBe('hello');
    expect((await fetch(url.replace(/versionId=./, 'versionId=_'))).status).toBe(403);
    const [current = ''] = object.split('?', 1);
    expect(await (await fetch(await urlOf(current))).text()).toBe('a later one');
  });
});
