import { describe, expect, it } from 'vitest';
import { get, openBucket, PAGE, send } from './bucket-fixture.js';
import { sign } from './sign.js';

const EXPOSED = 'Content-Range, Content-Length, Accept-Ranges, ETag, Content-Type';
const OTHER = 'https://other.example.com';
const preflight = (origin: string, method = 'GET') => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'range,if-range',
  },
});

describe('an allowed origin', () => {
  it('may read the object and its range headers', async () => {
    const { status, headers } = await get(await openBucket(), { origin: PAGE, range: 'bytes=0-3' });

    expect(status).toBe(206);
    expect(headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': EXPOSED,
      vary: 'Origin',
    });
  });

  it.each([
    ['unsigned', 403, {}, ''],
    ['without an object', 404, {}, '/demo/none.jpg'],
    ['with a range past the end', 416, { range: 'bytes=99-' }, '/demo/images/a.jpg'],
    ['not modified', 304, { 'if-none-match': '*' }, '/demo/images/a.jpg'],
  ])('may read why its request %s was not answered', async (_name, status, extra, path) => {
    const bucket = await openBucket();
    const target = path === '' ? '/demo/images/a.jpg' : sign(bucket.origin, path);

    const answer = await send(bucket, target, { headers: { origin: PAGE, ...extra } });

    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE);
  });

  it('gets its preflight answered without a signature', async () => {
    const { status, headers, body } = await send(await openBucket(), '/demo/images/a.jpg', preflight(PAGE));

    expect([status, body.length]).toEqual([200, 0]);
    expect(headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'range,if-range',
      'access-control-expose-headers': EXPOSED,
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it('gets a star where every origin is allowed', async () => {
    const bucket = await openBucket({ allowedOrigins: 'any' });

    const { headers } = await get(bucket, { origin: OTHER });

    expect(headers['access-control-allow-origin']).toBe('*');
    expect((await send(bucket, '/demo/images/a.jpg', preflight(OTHER))).status).toBe(200);
  });
});

describe('another origin', () => {
  it.each([OTHER, `${PAGE}.evil.example`, 'http://app.example.com', 'null', ''])(
    'such as "%s" gets the bytes without CORS headers',
    async (origin) => {
      const { status, headers } = await get(await openBucket(), { origin });

      expect(status).toBe(200);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(headers.vary).toBe('Origin');
    },
  );

  it('gets its preflight refused, without CORS headers', async () => {
    const { status, headers } = await send(await openBucket(), '/demo/images/a.jpg', preflight(OTHER));

    expect(status).toBe(403);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['access-control-allow-methods']).toBeUndefined();
  });
});

describe('a preflight', () => {
  it('is refused for a method that the bucket does not have', async () => {
    const bucket = await openBucket();

    expect((await send(bucket, '/demo/images/a.jpg', preflight(PAGE, 'PUT'))).status).toBe(403);
  });

  it('needs an origin and a method', async () => {
    const bucket = await openBucket();

    expect((await send(bucket, '/demo/images/a.jpg', { method: 'OPTIONS' })).status).toBe(400);
    expect(
      (await send(bucket, '/demo/images/a.jpg', { method: 'OPTIONS', headers: { origin: PAGE } })).status,
    ).toBe(400);
  });
});

it('marks answers without an origin as depending on it', async () => {
  const { headers } = await get(await openBucket());

  expect(headers.vary).toBe('Origin');
});
