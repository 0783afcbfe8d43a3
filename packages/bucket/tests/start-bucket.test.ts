import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { BucketLogEntry } from '../src/request-log.js';
import { startBucket } from '../src/start-bucket.js';
import { BYTES, get, openBucket, PAGE, send } from './bucket-fixture.js';
import { NOON, sign } from './sign.js';

const BIG = Buffer.alloc(20_000_000);

describe('the log', () => {
  it('tells who asked for what and what came of it', async () => {
    const bucket = await openBucket();
    await get(bucket, { range: 'bytes=0-3', origin: PAGE, 'user-agent': 'test/1' });
    await send(bucket, '/demo/images/a.jpg', { method: 'HEAD' });

    await vi.waitFor(() => expect(bucket.log[0]?.bytesSent).toBe(4));
    expect(bucket.log).toEqual([
      {
        time: new Date(NOON).toISOString(),
        method: 'GET',
        path: '/demo/images/a.jpg',
        range: 'bytes=0-3',
        origin: PAGE,
        userAgent: 'test/1',
        remoteAddress: '127.0.0.1',
        status: 206,
        bytesSent: 4,
        aborted: false,
      },
      expect.objectContaining({ method: 'HEAD', status: 403, bytesSent: 0, range: null, origin: null }),
    ]);
  });

  it('never holds a signature, not even of a URL that was encoded once too often', async () => {
    const bucket = await openBucket();
    const url = sign(bucket.origin, '/demo/images/a.jpg');
    await send(bucket, url);
    await send(bucket, `/demo/${encodeURIComponent(url)}`);
    await send(bucket, `http://elsewhere${url}`);

    expect(bucket.log.map(({ status }) => status)).toEqual([200, 403, 400]);
    expect(JSON.stringify(bucket.log)).not.toContain(url.slice(-64));
    expect(JSON.stringify(bucket.log)).not.toMatch(/x-amz/i);
  });

  it('calls back when an answer has ended', async () => {
    const entries: BucketLogEntry[] = [];
    const bucket = await openBucket({ onRequest: (entry) => entries.push(entry) });
    await get(bucket);

    await vi.waitFor(() => expect(entries).toHaveLength(1));
    expect(entries[0]).toMatchObject({ status: 200, bytesSent: BYTES.length });
  });

  it('keeps the last 10,000 requests', async () => {
    const bucket = await openBucket();
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const batch = (from: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => send(bucket, `/${from + index}`, { agent })));
    for (let from = 0; from < 10_100; from += 100) await batch(from, 100);
    agent.destroy();

    expect(bucket.log).toHaveLength(10_000);
    expect(bucket.log.some(({ path }) => path === '/0')).toBe(false);
    expect(bucket.log.some(({ path }) => path === '/10099')).toBe(true);
  });
});

describe('a connection', () => {
  it('serves many requests, refusals between them', async () => {
    const bucket = await openBucket();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const target = sign(bucket.origin, '/demo/images/a.jpg');
    const statuses: number[] = [];
    for (const [path, method] of [
      [target, 'GET'],
      ['/demo/x', 'GET'],
      [target, 'HEAD'],
      [target, 'GET'],
    ]) {
      const answer = await send(bucket, path ?? '', { agent, method: method ?? '' });
      statuses.push(answer.status);
      expect(answer.headers.connection).toBe('keep-alive');
    }
    expect(statuses).toEqual([200, 403, 403, 200]);
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    agent.destroy();
  });

  it('may be cut by the client in the middle of an object', async () => {
    const bucket = await openBucket();
    await bucket.putObject('big.bin', BIG, 'application/octet-stream');
    const outgoing = request(bucket.origin + sign(bucket.origin, '/demo/big.bin')).end();
    const [incoming] = await once(outgoing, 'response');
    await once(incoming, 'data');
    incoming.destroy();

    await vi.waitFor(() => expect(bucket.log[0]).toMatchObject({ status: 200, aborted: true }));
    expect(bucket.log[0]?.bytesSent).toBeLessThan(BIG.length);
    expect((await get(bucket)).status).toBe(200);
  });

  it('is cut when the bucket closes', async () => {
    const bucket = await openBucket();
    const socket = connect(bucket.port, '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');

    await bucket[Symbol.asyncDispose]();

    await closed;
    await expect(get(bucket)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a start', () => {
  const options = { directory: 'unused', accessKeyId: 'id', secretAccessKey: 'secret', allowedOrigins: [] };

  it('is refused without keys or with a bucket name that S3 has not', async () => {
    await expect(startBucket({ ...options, secretAccessKey: '' })).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
    await expect(startBucket({ ...options, bucket: 'De mo' })).rejects.toMatchObject({
      code: 'InvalidBucketName',
    });
  });

  it('is refused on a port that is taken', async () => {
    const { port } = await openBucket();

    await expect(startBucket({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('takes the bucket name and names the origin', async () => {
    const bucket = await openBucket({ bucket: 'my-data' });

    expect(bucket.origin).toBe(`http://127.0.0.1:${bucket.port}`);
    expect((await get(bucket, {}, { path: '/my-data/images/a.jpg' })).status).toBe(200);
    expect((await get(bucket)).status).toBe(404);
  });
});

describe('an object that is sent slowly', () => {
  const slow = { bytesPerSecond: (key: string) => (key === 'slow' ? 100 : Number.POSITIVE_INFINITY) };

  it('takes its time, and comes whole', async () => {
    const bucket = await openBucket(slow);
    await bucket.putObject('slow', BYTES, 'image/jpeg');
    const begin = performance.now();
    expect((await get(bucket, {}, { path: '/demo/slow' })).body).toEqual(BYTES);
    expect(performance.now() - begin).toBeGreaterThan(100);
  });

  it('breaks off when the connections are cut, and can be asked for again', async () => {
    const bucket = await openBucket(slow);
    await bucket.putObject('slow', Buffer.alloc(10_000), 'image/jpeg');
    const answer = get(bucket, {}, { path: '/demo/slow' });
    await vi.waitFor(() => expect(bucket.log).toHaveLength(1));
    bucket.cutConnections();
    await expect(answer).rejects.toThrow();
    await vi.waitFor(() => expect(bucket.log[0]).toMatchObject({ status: 200, aborted: true }));
    expect((await get(bucket, { range: 'bytes=9999-' }, { path: '/demo/slow' })).status).toBe(206);
  });
});
