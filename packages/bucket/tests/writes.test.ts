import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PresignedMethod } from '@latchkey/locator/presign/presigner';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../src/start-bucket.js';
import { type Answer, BYTES, get, openBucket } from './bucket-fixture.js';
import { ACCESS_KEY_ID, NOON, SECRET_ACCESS_KEY } from './sign.js';

const PATH = '/demo/spool/a.bin';

interface Change {
  signedFor?: PresignedMethod;
  secret?: string;
  signedAt?: number;
  key?: string;
}

async function change(
  bucket: Bucket,
  method: 'PUT' | 'DELETE',
  body: Uint8Array<ArrayBuffer> | null,
  { signedFor = method, secret = SECRET_ACCESS_KEY, signedAt = NOON, key = 'spool/a.bin' }: Change = {},
): Promise<{ status: number; code: string | undefined }> {
  const presign = createPresigner({
    endpoint: bucket.origin,
    bucket: bucket.bucket,
    region: 'eu-west-2',
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: secret,
    pathStyle: true,
    now: () => signedAt,
  });
  const url = presign(key, { expiresInSeconds: 60, method: signedFor });
  const answer = await fetch(url, { method, body });
  return { status: answer.status, code: /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] };
}

const found = (bucket: Bucket): Promise<Answer> => get(bucket, {}, { path: PATH });

describe('a writable bucket', () => {
  it('takes a pre-signed PUT and gives the bytes back', async () => {
    const bucket = await openBucket({ writable: true });
    const bytes = Buffer.alloc(9_000_000, 'manifest ');

    expect((await change(bucket, 'PUT', bytes)).status).toBe(200);
    expect((await found(bucket)).body.equals(bytes)).toBe(true);
  });

  it('takes an empty object', async () => {
    const bucket = await openBucket({ writable: true });

    expect((await change(bucket, 'PUT', Buffer.alloc(0))).status).toBe(200);
    expect(await found(bucket)).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  it('forgets an object that is deleted, and answers the same for one that is not there', async () => {
    const bucket = await openBucket({ writable: true });
    await change(bucket, 'PUT', Buffer.from('old'));

    expect((await change(bucket, 'DELETE', null)).status).toBe(204);
    expect((await change(bucket, 'DELETE', null)).status).toBe(204);
    expect((await found(bucket)).status).toBe(404);
  });

  it.each([
    ['another secret', { secret: 'another' }, 'SignatureDoesNotMatch'],
    ['a URL for reading', { signedFor: 'GET' }, 'SignatureDoesNotMatch'],
    ['a URL that has expired', { signedAt: NOON - 60_000 }, 'AccessDenied'],
  ] as const)('refuses a change with %s', async (_name, how, code) => {
    const bucket = await openBucket({ writable: true });

    expect(await change(bucket, 'PUT', Buffer.from('new'), { ...how, key: 'images/a.jpg' })).toEqual({
      status: 403,
      code,
    });
    expect(await change(bucket, 'DELETE', null, { ...how, key: 'images/a.jpg' })).toEqual({
      status: 403,
      code,
    });
    expect((await get(bucket)).body).toEqual(BYTES);
  });

  it('refuses a PUT with a URL for deleting', async () => {
    const bucket = await openBucket({ writable: true });

    expect(await change(bucket, 'PUT', Buffer.from('new'), { signedFor: 'DELETE' })).toMatchObject({
      status: 403,
    });
  });

  it('cannot be deleted itself', async () => {
    const bucket = await openBucket({ writable: true });

    expect((await fetch(`${bucket.origin}/demo`, { method: 'DELETE' })).status).toBe(403);
  });
});

describe('a bucket with a size', () => {
  it('answers 507 to what goes beyond it, and takes it once there is room', async () => {
    const bucket = await openBucket({ writable: true, maxBytes: BYTES.length + 1_000_000 });
    const half = Buffer.alloc(600_000);
    expect((await change(bucket, 'PUT', half, { key: 'one' })).status).toBe(200);

    expect(await change(bucket, 'PUT', half, { key: 'two' })).toEqual({
      status: 507,
      code: 'XMinioStorageFull',
    });
    expect((await change(bucket, 'PUT', half, { key: 'one' })).status).toBe(200);
    await change(bucket, 'DELETE', null, { key: 'one' });
    expect((await change(bucket, 'PUT', half, { key: 'two' })).status).toBe(200);
  });

  it('keeps no bytes of what it refused, replaced or deleted', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'latchkey-bucket-'));
    const bucket = await openBucket({ writable: true, maxBytes: 1000, directory });
    await change(bucket, 'PUT', Buffer.alloc(2000), { key: 'refused' });
    await change(bucket, 'PUT', Buffer.alloc(10), { key: 'replaced' });
    await change(bucket, 'PUT', Buffer.alloc(20), { key: 'replaced' });
    await change(bucket, 'PUT', Buffer.alloc(30), { key: 'deleted' });
    await change(bucket, 'DELETE', null, { key: 'deleted' });

    expect(await readdir(directory)).toHaveLength(2);
  });
});
