import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectStore, StoreOptions } from '../../src/object-store.js';
import { openObjectStore } from '../../src/open-object-store.js';
import { hasSwift, type Swift, startSwift, swiftKeys, swiftRegion } from '../../src/testing/swift.js';

const bucket = 'media';
const keys = [
  'img/a b+é.jpg',
  "img/(1)'*!~.jpg",
  'img/100%.jpg',
  'img/b%2F.jpg',
  'img/q?&=#.jpg',
  'img//c.jpg',
];
const { accessKeyId, secretAccessKey } = swiftKeys;

if (!hasSwift())
  console.warn('No python3-swift on this machine: what a real S3 says of our URLs is skipped.');

async function keysOf(store: ObjectStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { objects } of store.list(store.prefix)) found.push(...objects.map(({ key }) => key));
  return found.sort();
}

const open = async (url: string, method = 'GET') => {
  const answer = await fetch(url, { method });
  return { status: answer.status, text: await answer.text() };
};

describe.runIf(hasSwift())('OpenStack Swift, as an S3-compatible store of its own making', () => {
  let swift: Swift;
  beforeAll(async () => {
    swift = await startSwift();
    await swift.createBucket(bucket);
    for (const key of [...keys, 'other.txt']) await swift.putObject(bucket, key, key);
  });
  afterAll(() => swift.close());

  const openS3 = (options: Partial<StoreOptions> = {}): Promise<ObjectStore> =>
    openObjectStore(`s3://${bucket}/img/`, {
      endpoint: swift.endpoint,
      region: swiftRegion,
      environment: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
      ...options,
    });

  it('lists a prefix to a presigned URL', async () => {
    expect(await keysOf(await openS3())).toEqual([...keys].sort());
  });

  it.each(keys)('opens %s to a presigned URL, ranges too', async (key) => {
    const url = await (await openS3()).presign(key, 60);
    expect(await open(url)).toEqual({ status: 200, text: key });
    expect((await fetch(url, { headers: { range: 'bytes=0-3' } })).status).toBe(206);
  });

  it('refuses a presigned URL that is tampered with', async () => {
    const url = await (await openS3()).presign('other.txt', 60);
    expect((await open(url)).status).toBe(200);
    for (const tampered of [
      url.replace('other.txt', 'img//c.jpg'),
      url.replace('Expires=60', 'Expires=600'),
      url.replace(/Signature=./, (found) => `Signature=${found.endsWith('0') ? '1' : '0'}`),
      `${url}&response-content-type=text%2Fhtml`,
    ]) {
      expect(await open(tampered)).toMatchObject({
        status: 403,
        text: expect.stringContaining('SignatureDoesNotMatch'),
      });
    }
    expect((await open(url, 'HEAD')).status).toBe(403);
  });

  it('refuses a presigned URL that is expired, of another key or of no key at all', async () => {
    const late = await openS3({ now: () => Date.now() - 3_600_000 });
    expect(await open(await late.presign('other.txt', 60))).toMatchObject({
      status: 403,
      text: expect.stringContaining('Request has expired'),
    });
    const another = await openS3({
      environment: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: 'another' },
    });
    expect((await open(await another.presign('other.txt', 60))).status).toBe(403);
    expect((await open((await openS3()).objectUrl('other.txt'))).status).not.toBe(200);
  });

  describe('to the signatures of OBS, which are its V2 under other names', () => {
    let endpoint: string;
    const front = createServer((incoming, outgoing) => {
      const target = (incoming.url ?? '').replace('AccessKeyId=', 'AWSAccessKeyId=');
      const to = request(swift.endpoint + target, { method: incoming.method }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      to.end();
    });
    beforeAll(async () => {
      await new Promise<void>((resolve) => void front.listen(0, '127.0.0.1', resolve));
      endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    });
    afterAll(() => void front.close());

    const openObs = (options: Partial<StoreOptions> = {}): Promise<ObjectStore> =>
      openObjectStore(`obs://obs.eu-de.otc.t-systems.com/${bucket}/img/`, {
        endpoint,
        pathStyle: true,
        environment: { OBS_ACCESS_KEY_ID: accessKeyId, OBS_SECRET_ACCESS_KEY: secretAccessKey },
        ...options,
      });

    it('lists and opens', async () => {
      const store = await openObs();
      expect(await keysOf(store)).toEqual([...keys].sort());
      for (const key of keys)
        expect(await open(await store.presign(key, 60))).toEqual({ status: 200, text: key });
    });

    it('refuses what is tampered with or expired', async () => {
      const url = await (await openObs()).presign('other.txt', 60);
      expect((await open(url)).status).toBe(200);
      expect((await open(url.replace('other.txt', 'img//c.jpg'))).status).toBe(403);
      expect((await open(url.replace(/Expires=(\d)/, 'Expires=9'))).status).toBe(403);
      const late = await openObs({ now: () => Date.now() - 3_600_000 });
      expect((await open(await late.presign('other.txt', 60))).status).toBe(403);
    });
  });
});
