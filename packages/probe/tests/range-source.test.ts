import { describe, expect, it } from 'vitest';
import { fetchRanges } from '../src/fetch-ranges.js';
import { RangeSource } from '../src/range-source.js';
import { pour, serveBytes, startServer } from './storage-server.js';

const page = 64 * 1024;
const bytes = Uint8Array.from({ length: 10 * page + 1234 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

describe('the bytes of an object behind HTTP', () => {
  it('are those of the object, wherever they are read', async () => {
    await using server = await startServer(serveBytes(bytes, 'image/png'));
    const source = new RangeSource(fetchRanges(server.url));
    expect(await source.size()).toBe(bytes.length);
    expect(await source.contentType()).toBe('image/png');
    for (const [start, length] of [
      [0, 10],
      [page - 5, 10],
      [3 * page, 2 * page + 1],
      [bytes.length - 7, 100],
      [bytes.length, 10],
      [0, bytes.length],
    ] as const)
      expect(Buffer.compare(await source.read(start, length), bytes.subarray(start, start + length))).toBe(0);
    source.close();
  });

  it('are fetched once, neighbouring pages in one request', async () => {
    await using server = await startServer(serveBytes(bytes));
    const source = new RangeSource(fetchRanges(server.url));
    await source.read(0, 10);
    await Promise.all([source.read(4 * page, 10), source.read(4 * page + 20, 10)]);
    await source.read(2 * page, 5 * page);
    await source.read(2 * page, 5 * page);
    expect(server.ranges).toEqual([
      `bytes=0-${page - 1}`,
      `bytes=${4 * page}-${5 * page - 1}`,
      `bytes=${2 * page}-${4 * page - 1}`,
      `bytes=${5 * page}-${7 * page - 1}`,
    ]);
    expect(source.fetched).toEqual({ bytes: 6 * page, requests: 4 });
    source.close();
  });

  it('are none where the storage answers 416 to the beginning', async () => {
    await using server = await startServer(serveBytes(new Uint8Array(0)));
    const source = new RangeSource(fetchRanges(server.url));
    expect(await source.size()).toBe(0);
    expect(await source.read(0, 10)).toHaveLength(0);
    source.close();
  });

  it('are read whole from a storage without ranges when they are few', async () => {
    const small = bytes.subarray(0, 3 * page);
    await using server = await startServer((_request, response) => response.writeHead(200).end(small));
    const source = new RangeSource(fetchRanges(server.url));
    expect(await source.size()).toBe(small.length);
    expect(Buffer.compare(await source.read(page, page + 9), small.subarray(page, 2 * page + 9))).toBe(0);
    expect(server.ranges).toHaveLength(1);
    source.close();
  });
});

describe('a storage that gives no bytes', () => {
  const failure = async (
    handler: Parameters<typeof startServer>[0],
    options: ConstructorParameters<typeof RangeSource>[1] = {},
  ) => {
    await using server = await startServer(handler);
    const source = new RangeSource(fetchRanges(server.url), options);
    const error: unknown = await source.read(0, 2 * page).catch((reason: unknown) => reason);
    source.close();
    return { error, server };
  };

  it.each([
    [403, 'forbidden', '<Error><Code>AccessDenied</Code></Error>', '403 (AccessDenied)'],
    [400, 'forbidden', '<Error><Code>ExpiredToken</Code></Error>', '400 (ExpiredToken)'],
    [404, 'not_found', 'no such thing', 'answered 404.'],
    [500, 'storage_error', '', 'answered 500.'],
    [503, 'storage_error', '<Code>x-secret-1</Code>', 'answered 503.'],
  ])('is told by its status %i: %s', async (status, code, body, message) => {
    const { error } = await failure((_request, response) => response.writeHead(status).end(body));
    expect(error).toMatchObject({ name: 'ProbeError', code, message: expect.stringContaining(message) });
  });

  it('ends at the cap of bytes before it asks', async () => {
    const { error, server } = await failure(serveBytes(bytes), { maxBytes: page });
    expect(error).toMatchObject({ code: 'too_many_bytes' });
    expect(server.ranges).toHaveLength(0);
  });

  it('is left when it sends an endless body in answer to a range', async () => {
    const { error, server } = await failure((_request, response) => {
      response.writeHead(206, { 'content-range': `bytes 0-${2 * page - 1}/${10 * page}` });
      pour(response);
    });
    expect(error).toMatchObject({ code: 'storage_error' });
    expect(server.sent.bytes).toBeLessThan(16 * 2 ** 20);
  });

  it('is left when it sends an endless body without ranges', async () => {
    const { error, server } = await failure((_request, response) => {
      response.writeHead(200);
      pour(response);
    });
    expect(error).toMatchObject({ code: 'no_ranges' });
    expect(server.sent.bytes).toBeLessThan(16 * 2 ** 20);
  });

  it.each([
    ['never answers', () => undefined],
    [
      'stalls within the body',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(206, { 'content-range': `bytes 0-${page - 1}/${page}` }).write('beginning');
      },
    ],
    [
      'drips',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(206, { 'content-range': `bytes 0-${page - 1}/${page}` });
        const drip = setInterval(() => response.write('.'), 10);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('is left at the deadline when it %s', async (_what, handler) => {
    const started = performance.now();
    const { error } = await failure((_request, response) => handler(response), { timeoutMs: 300 });
    expect(error).toMatchObject({ code: 'timed_out' });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('is told apart when it breaks off', async () => {
    const { error } = await failure((_request, response) => {
      response.writeHead(206, { 'content-range': `bytes 0-99/100`, 'content-length': 100 }).write('abc');
      setImmediate(() => response.destroy());
    });
    expect(error).toMatchObject({ code: 'unreachable' });
  });

  it.each([
    ['another range', 'bytes 5-104/1000', 'storage_error'],
    ['more than was asked for', 'bytes 0-999999/1000000', 'storage_error'],
    ['no size', 'bytes 0-99/*', 'no_ranges'],
  ])('is refused when it answers with %s', async (_what, contentRange, code) => {
    const { error } = await failure((_request, response) =>
      response.writeHead(206, { 'content-range': contentRange }).end(bytes.subarray(0, 100)),
    );
    expect(error).toMatchObject({ code });
  });

  it('is told to expose Content-Range where the size depends on it', async () => {
    const { error } = await failure((_request, response) =>
      response.writeHead(206).end(bytes.subarray(0, 2 * page)),
    );
    expect(error).toMatchObject({ code: 'no_ranges', message: expect.stringContaining('Content-Range') });
  });

  it('is not asked any more once the caller aborts', async () => {
    const controller = new AbortController();
    const { error } = await failure(() => controller.abort(new Error('enough')), {
      signal: controller.signal,
    });
    expect(error).toMatchObject({ name: 'AbortError' });
  });

  it('is named as unreachable without its URL', async () => {
    const source = new RangeSource(fetchRanges('http://127.0.0.1:1/a?X-Amz-Signature=secret'));
    const error = await source.size().catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(String(error)).not.toContain('127.0.0.1');
    source.close();
  });
});
