import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListPage, ObjectStore, StoreOptions } from '../src/object-store.js';
import { openObjectStore } from '../src/open-object-store.js';

const KEYS = Array.from({ length: 1100 }, (_, number) => `img/${String(number).padStart(5, '0')} +é.jpg`);
const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };
const environment = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };

let directory: string;
let bucket: Bucket;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-store-'));
  bucket = await startBucket({
    bucket: 'media',
    region: 'eu-central-1',
    directory,
    listable: true,
    allowedOrigins: 'any',
    ...keys,
  });
  for (const key of [...KEYS, 'other.txt']) await bucket.putObject(key, Buffer.from('x'), 'image/jpeg');
});
afterAll(async () => {
  await bucket.close();
  await rm(directory, { recursive: true });
});

const open = (options: Partial<StoreOptions> = {}, uri = 's3://media/img/'): Promise<ObjectStore> =>
  openObjectStore(uri, { endpoint: bucket.origin, environment, ...options });

async function pagesOf(store: ObjectStore, after: string | null = null): Promise<ListPage[]> {
  const pages: ListPage[] = [];
  for await (const page of store.list(store.prefix, after)) pages.push(page);
  return pages;
}
const keysOf = (pages: readonly ListPage[]): string[] =>
  pages.flatMap(({ objects }) => objects.map(({ key }) => key));

describe('a store of S3', () => {
  it('lists a prefix page by page, and follows the region that the bucket names', async () => {
    const store = await open({ region: 'us-west-2' });
    const pages = await pagesOf(store);
    expect(pages.map(({ objects }) => objects.length)).toEqual([1000, 100]);
    expect(keysOf(pages)).toEqual(KEYS);
    expect(await store.presign('other.txt', 60)).toContain('%2Feu-central-1%2Fs3%2F');
  });

  it('goes on behind a page', async () => {
    const [first] = await pagesOf(await open());
    const rest = await pagesOf(await open(), first?.after ?? null);
    expect(keysOf(rest)).toEqual(KEYS.slice(1000));
  });

  it('presigns URLs that open the object until they expire, and no longer once they are tampered with', async () => {
    const store = await open({ region: 'eu-central-1' });
    expect((await fetch(await store.presign(KEYS[7] ?? '', 60))).status).toBe(200);
    const url = await store.presign('other.txt', 60);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url.replace('other.txt', KEYS[0] ?? ''))).status).toBe(403);
    expect((await fetch(url.replace('Expires=60', 'Expires=600'))).status).toBe(403);
    const hourAgo = await open({ region: 'eu-central-1', now: () => Date.now() - 3_600_000 });
    const expired = await fetch(await hourAgo.presign('other.txt', 60));
    expect(expired.status).toBe(403);
    expect(await expired.text()).toContain('Request has expired');
  });

  it('gives URLs without a signature, which open nothing', async () => {
    const store = await open();
    expect(store.objectUrl('img/a b.jpg')).toBe(`${bucket.origin}/media/img/a%20b.jpg`);
    expect((await fetch(store.objectUrl('other.txt'))).status).toBe(403);
  });

  it.each([
    ['store_denied', { environment: { ...environment, AWS_SECRET_ACCESS_KEY: 'another' } }, 's3://media/'],
    ['store_missing', {}, 's3://no-such-bucket/'],
    ['store_unreachable', { endpoint: 'http://127.0.0.1:9' }, 's3://media/'],
  ])('says %s, and never what it signed', async (code, options, uri) => {
    const failure = await open(options, uri)
      .then(pagesOf)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ObjectStoreError', code });
    expect(String(failure)).not.toMatch(/Signature=|AKIATEST|another/);
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    const pages = (await open()).list('img/', null, controller.signal)[Symbol.asyncIterator]();
    await pages.next();
    controller.abort();
    await expect(pages.next()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
