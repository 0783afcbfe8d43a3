import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { get, patterned } from './client.js';
import { s3, startTestGateway } from './gateway-fixture.js';
import { type Behave, sendBytes, startOrigin } from './origin-server.js';

const bytes = patterned(1_500_000);

async function start(behave: Behave, site: Record<string, unknown> = {}) {
  const origin = await startOrigin(behave);
  const test = await startTestGateway(s3(origin.origin), { sites: [site] });
  return { origin, ...test };
}

const codeOf = (body: Buffer): string => JSON.parse(body.toString()).code;

describe('an origin with faults', () => {
  it.each([
    [403, 403, 'origin_refused'],
    [404, 404, 'object_not_found'],
    [429, 503, 'origin_overloaded'],
    [500, 502, 'origin_failed'],
    [503, 503, 'origin_overloaded'],
    [302, 502, 'origin_failed'],
  ])('turns its status %d into %d, and keeps none', async (status, told, code) => {
    const { url, origin } = await start((_request, response, earlier) =>
      earlier === 0
        ? response
            .writeHead(status, { Location: 'http://127.0.0.1:1/', 'Content-Type': 'text/html' })
            .end('<b>')
        : sendBytes(_request, response, bytes),
    );
    const answer = await get(url, '/a');
    expect([answer.status, codeOf(answer.body)]).toEqual([told, code]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await get(url, '/a')).status).toBe(200);
    expect(origin.seen).toHaveLength(2);
  });

  it('gives up on an origin that does not answer, or stops in the middle', async () => {
    const silent = await start(() => undefined, { timeout: '200ms' });
    expect((await get(silent.url, '/a')).status).toBe(504);
    const stalled = await start(
      (request, response, earlier) => {
        if (earlier > 0) return;
        sendBytes(request, response, bytes, { cutAfter: bytes.length });
        response.socket?.pause();
      },
      { timeout: '200ms' },
    );
    expect((await get(stalled.url, '/a')).status).toBe(200);
  });

  it('refuses an answer whose parts could not be told from those of another version', async () => {
    const { url } = await start((_request, response) =>
      response.writeHead(200, { ETag: 'W/"1"', 'Content-Length': 1 }).end('x'),
    );
    expect(codeOf((await get(url, '/a')).body)).toBe('origin_failed');
  });

  it('says that it cannot be reached', async () => {
    const { url } = await startTestGateway(s3('http://127.0.0.1:1'));
    expect(codeOf((await get(url, '/a')).body)).toBe('origin_failed');
  });

  it('goes on where a connection was cut in the middle', async () => {
    const { url, origin } = await start((request, response, earlier) =>
      sendBytes(request, response, bytes, earlier === 0 ? { cutAfter: 700_000 } : {}),
    );
    const answer = await get(url, '/a');
    expect([answer.isCut, answer.body.equals(bytes)]).toEqual([false, true]);
    expect(origin.seen).toEqual(['GET /demo/a whole', `GET /demo/a bytes=524288-${bytes.length - 1}`]);
  });

  it('ends an answer early, for the client to see, when the origin keeps failing', async () => {
    const { url, log } = await start((request, response) =>
      sendBytes(request, response, bytes, { cutAfter: 100_000 }),
    );
    const answer = await get(url, '/a');
    expect([answer.status, answer.isCut]).toEqual([200, true]);
    expect(bytes.subarray(0, answer.body.length).equals(answer.body)).toBe(true);
    await expect.poll(log).toContain('"fault":"origin_failed"');
  });

  it('never joins two versions of an object', async () => {
    const { url } = await start((request, response, earlier) =>
      earlier === 0
        ? sendBytes(request, response, bytes, { cutAfter: 700_000 })
        : sendBytes(request, response, Buffer.alloc(bytes.length, 1), { etag: '"v2"' }),
    );
    const first = await get(url, '/a');
    expect(first.isCut).toBe(true);
    expect(bytes.subarray(0, first.body.length).equals(first.body)).toBe(true);
    expect((await get(url, '/a')).body.equals(Buffer.alloc(bytes.length, 1))).toBe(true);
  });

  it('asks once for all who want the same object at the same time', async () => {
    const { url, origin } = await start((request, response) => {
      void delay(50).then(() => sendBytes(request, response, bytes));
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(url, '/a')));
    expect(answers.every(({ body }) => body.equals(bytes))).toBe(true);
    expect(origin.seen).toHaveLength(1);
  });

  it('hands through what it does not keep as it comes, wherever pieces and blocks meet', async () => {
    const { url, origin } = await start((request, response) => sendBytes(request, response, bytes));
    const answer = await get(url, '/a', { headers: { 'x-bypass-cache': '1' } });
    expect([answer.headers['x-cache-hit'], answer.body.equals(bytes)]).toEqual(['bypass', true]);
    expect(origin.seen).toEqual(['GET /demo/a whole']);
  });

  it('serves a copy that was dropped for another while the origin said that it is still good', async () => {
    let now = Date.now();
    const asked: (() => void)[] = [];
    const origin = await startOrigin((request, response) => {
      if (request.headers['if-none-match'] === undefined) return sendBytes(request, response, bytes);
      asked.push(() => response.writeHead(304, { ETag: '"v1"' }).end());
    });
    const settings = { cache: { maxObjects: 1 }, sites: [{ ttl: '60s' }] };
    const { url, log } = await startTestGateway(s3(origin.origin), settings, () => now);
    await get(url, '/a');
    now += 61_000;
    const waiting = get(url, '/a');
    await expect.poll(() => asked.length).toBe(1);
    await get(url, '/b');
    asked[0]?.();
    const answer = await waiting;
    expect([answer.headers['x-cache-hit'], answer.body.equals(bytes)]).toEqual(['revalidated', true]);
    expect(log()).not.toContain('a file of the cache has');
  });

  it('does not answer others with the failure of one for longer than it lasts', async () => {
    const { url } = await start((request, response, earlier) =>
      earlier === 0 ? response.destroy() : sendBytes(request, response, bytes),
    );
    // A connection that is cut before an answer is tried once more.
    expect((await get(url, '/a')).status).toBe(200);
  });
});
