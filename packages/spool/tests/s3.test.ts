import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { LatchkeyError } from '@latchkey/contract/errors';
import { describe, expect, it } from 'vitest';
import { createS3Spool } from '../src/s3-spool.js';
import { type Spool, SpoolDamagedError, SpoolMissingError } from '../src/spool.js';
import { CREDENTIALS, configFor, inChunks, namesIn, newKey, openBucket, s3Spool } from './places.js';
import { startProxy } from './unreliable-proxy.js';

const SEGMENT_BYTES = 100_000;
const BYTES = randomBytes(1_050_000);
const SMALL = { segmentBytes: SEGMENT_BYTES };
const write = (spool: Spool, key: string) => spool.write(key, inChunks(BYTES, [65_536]));

async function failure(action: Promise<unknown>): Promise<LatchkeyError> {
  const error: unknown = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof LatchkeyError) return error;
  throw new Error(`Not a LatchkeyError: ${inspect(error)}`);
}

describe('a manifest in a bucket', () => {
  it('is cut into segments, two on their way at a time, and its count comes last', async () => {
    const bucket = await openBucket();
    const proxy = await startProxy(bucket.origin, () => 'pass');
    const key = newKey();
    await write(s3Spool(proxy.origin, SMALL), key);

    const folder = `/manifests/latchkey/a%20b/${key}`;
    expect(namesIn(bucket).sort()).toEqual([
      ...Array.from({ length: 11 }, (_, number) => `${folder}/${String(number).padStart(6, '0')}`),
      `${folder}/count`,
    ]);
    expect(proxy.seen.at(-1)).toBe(`PUT ${folder}/count`);
    expect(proxy.mostAtOnce()).toBe(2);
  });

  it('is read by just the segments of the range, its count once', async () => {
    const bucket = await openBucket();
    const proxy = await startProxy(bucket.origin, () => 'pass');
    const [key, spool] = [newKey(), s3Spool(proxy.origin, SMALL)];
    await write(spool, key);
    proxy.seen.length = 0;

    expect((await spool.read(key, 199_990, 200_010)).equals(BYTES.subarray(199_990, 200_010))).toBe(true);
    expect((await spool.read(key, 0, 100_000)).equals(BYTES.subarray(0, 100_000))).toBe(true);

    expect(proxy.seen.map((line) => line.slice(-6))).toEqual(['/count', '000001', '000002', '000000']);
  });

  it('is read by a spool with segments of another size', async () => {
    const bucket = await openBucket();
    const key = newKey();
    await write(s3Spool(bucket.origin, SMALL), key);

    const read = await s3Spool(bucket.origin, { segmentBytes: 77 }).read(key, 5, BYTES.length);

    expect(read.equals(BYTES.subarray(5))).toBe(true);
  });

  it('is missing until its count is there, and removed from any state', async () => {
    const bucket = await openBucket();
    const key = newKey();
    const folder = `latchkey/a b/${key}`;
    const put = (name: string) => bucket.putObject(`${folder}/${name}`, BYTES, 'a/b');
    for (const name of ['000000', '000001', '000003']) await put(name);
    const spool = s3Spool(bucket.origin);

    await expect(spool.read(key, 0, 1)).rejects.toThrow(SpoolMissingError);
    await spool.remove(key);

    const deleted = bucket.log.filter(({ method }) => method === 'DELETE').map(({ path }) => path.slice(-6));
    expect(deleted).toEqual(['000003', '000002', '000001', '000000', '/count']);
  });

  it('is missing for whoever read it before another node removed it', async () => {
    const bucket = await openBucket();
    const [key, spool] = [newKey(), s3Spool(bucket.origin, SMALL)];
    await write(spool, key);
    await spool.read(key, 0, 1);
    await s3Spool(bucket.origin).remove(key);

    await expect(spool.read(key, 0, 1)).rejects.toThrow(SpoolMissingError);
  });

  it('is damaged when a segment is cut or its count is none', async () => {
    const bucket = await openBucket();
    const [key, spool] = [newKey(), s3Spool(bucket.origin, SMALL)];
    await write(spool, key);
    await bucket.putObject(`latchkey/a b/${key}/000001`, Buffer.alloc(10), 'a/b');
    await expect(spool.read(key, 100_000, 100_011)).rejects.toThrow(SpoolDamagedError);
    await expect(spool.read(key, 100_010, 100_011)).rejects.toThrow(SpoolDamagedError);

    await bucket.putObject(`latchkey/a b/${key}/count`, Buffer.from('11 segments, 5 bytes'), 'a/b');
    await expect(s3Spool(bucket.origin).read(key, 0, 1)).rejects.toThrow(SpoolDamagedError);
    await spool.remove(key);
    await expect(s3Spool(bucket.origin).read(key, 0, 1)).rejects.toThrow(SpoolMissingError);
  });
});

describe('a bucket that fails for a moment', () => {
  it.each(['cut', 'half', 'silence', 500, 503, 429] as const)('is asked again after %s', async (fate) => {
    const bucket = await openBucket();
    const proxy = await startProxy(bucket.origin, (method, _path, earlier) => {
      if (earlier > 0) return 'pass';
      return fate === 'half' && method !== 'GET' ? 'cut' : fate;
    });
    const [key, spool] = [newKey(), s3Spool(proxy.origin, { ...SMALL, timeoutMs: 200 })];
    await write(spool, key);

    const read = await spool.read(key, 150_000, 250_000);

    expect(read.equals(BYTES.subarray(150_000, 250_000))).toBe(true);
    await spool.remove(key);
    expect(namesIn(bucket)).toEqual([]);
  });
});

describe('a bucket that stays unreachable', () => {
  it.each(['cut', 'silence', 503] as const)('is unavailable after some attempts with %s', async (fate) => {
    const bucket = await openBucket();
    const proxy = await startProxy(bucket.origin, () => fate);
    const [key, spool] = [newKey(), s3Spool(proxy.origin, { timeoutMs: 100 })];

    expect((await failure(write(spool, key))).code).toBe('spool_unavailable');
    expect((await failure(spool.read(key, 0, 1))).code).toBe('spool_unavailable');
    expect((await failure(spool.remove(key))).code).toBe('spool_unavailable');
    expect((await failure(spool.check())).code).toBe('spool_unavailable');
    expect(proxy.seen.filter((line) => line.startsWith('GET'))).toHaveLength(10);
  });

  it('leaves nothing of a manifest that could not be written to its end', async () => {
    const bucket = await openBucket();
    const proxy = await startProxy(bucket.origin, (method, path) =>
      method === 'PUT' && path.endsWith('000005') ? 503 : 'pass',
    );

    expect((await failure(write(s3Spool(proxy.origin, SMALL), newKey()))).code).toBe('spool_unavailable');

    expect(bucket.log.some(({ path }) => path.endsWith('000004'))).toBe(true);
    expect(namesIn(bucket)).toEqual([]);
  });

  it('is unavailable where nothing listens', async () => {
    const bucket = await openBucket();
    await bucket.close();
    const error = await failure(s3Spool(bucket.origin).check());

    expect(error).toMatchObject({ code: 'spool_unavailable', cause: { status: null } });
    expect(inspect(error.cause)).toContain('ECONNREFUSED');
  });
});

describe('a bucket that refuses', () => {
  it.each([
    ['a wrong secret', { secretAccessKey: 'none-of-these' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'AKIDNOBODY' }, 'InvalidAccessKeyId'],
    ['another bucket', { bucket: 'another' }, 'NoSuchBucket'],
  ])('because of %s is unavailable at once, with its code in the cause', async (_name, change, code) => {
    const bucket = await openBucket();
    const spool = createS3Spool({ ...configFor(bucket.origin), ...change });

    const errors = await Promise.all([
      failure(write(spool, newKey())),
      failure(spool.read(newKey(), 0, 1)),
      failure(spool.remove(newKey())),
      failure(spool.check()),
    ]);

    for (const error of errors) expect(error).toMatchObject({ code: 'spool_unavailable', cause: { code } });
  });

  it('is not told where the signature or the secret could be read', async () => {
    const bucket = await openBucket();
    const wrong = { ...configFor(bucket.origin), secretAccessKey: 'none-of-these' };
    const closed = await startProxy(bucket.origin, () => 'cut');
    const errors = await Promise.all([
      failure(createS3Spool(wrong).check()),
      failure(s3Spool(closed.origin).check()),
      failure(createS3Spool({ ...wrong, endpoint: 'http://[::1]:1' }, { backoffMs: 1 }).check()),
    ]);

    for (const error of errors) {
      const told = inspect(error, { depth: 10, showHidden: true });
      for (const secret of ['X-Amz', CREDENTIALS.accessKeyId, 'none-of-these', 'manifests/']) {
        expect(told).not.toContain(secret);
      }
    }
  });

  it('sends no byte to another host when it redirects', async () => {
    const bucket = await openBucket();
    const proxy = await startProxy(bucket.origin, () => 307);

    expect(await failure(s3Spool(proxy.origin).check())).toMatchObject({
      code: 'spool_unavailable',
      cause: { status: 307, message: expect.stringContaining('correct its host or region') },
    });
  });
});

describe('a bucket that is full', () => {
  it('is said to be full, takes no further attempt and keeps nothing', async () => {
    const bucket = await openBucket({ maxBytes: 550_000 });
    const key = newKey();

    expect((await failure(write(s3Spool(bucket.origin, SMALL), key))).code).toBe('spool_full');

    const refused = bucket.log.filter(({ status }) => status === 507).map(({ path }) => path);
    expect(new Set(refused).size).toBe(refused.length);
    expect(namesIn(bucket)).toEqual([]);
    await bucket.putObject('room', Buffer.alloc(540_000), 'a/b');
  });

  it('is unhealthy', async () => {
    const bucket = await openBucket({ maxBytes: 0 });

    expect((await failure(s3Spool(bucket.origin).check())).code).toBe('spool_full');
  });
});
