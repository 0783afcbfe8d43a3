import { afterEach, describe, expect, it } from 'vitest';
import { publicAddressesAnd } from '../src/address-rules.js';
import { EgressClient, type EgressOptions } from '../src/egress-client.js';
import { serveRanges, startServer, startTcpServer } from './hostile-server.js';

const signal = new AbortController().signal;
const bytes = new Uint8Array(100);
const opened: EgressClient[] = [];

function client(options: EgressOptions = {}): EgressClient {
  const mayConnect = publicAddressesAnd(['127.0.0.0/8']);
  const made = new EgressClient({ mayConnect, delaysMs: [1, 1], ...options });
  opened.push(made);
  return made;
}
afterEach(() => Promise.all(opened.splice(0).map((made) => made.close())));

describe('a request', () => {
  it.each([429, 500, 502, 503, 504])('that is answered with %i is made again', async (status) => {
    await using server = await startServer((request, response, number) => {
      if (number < 3) response.writeHead(status).end('later');
      else serveRanges(bytes)(request, response);
    });
    expect(await client().fetchRange(server.origin, 0, 10, signal)).toMatchObject({ status: 206 });
    expect(server.requests).toHaveLength(3);
  });

  it('has the last answer when all are alike', async () => {
    await using server = await startServer((_, response) => void response.writeHead(503).end());
    expect(await client().fetchRange(server.origin, 0, 10, signal)).toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 410, 501])('that is answered with %i stands', async (status) => {
    await using server = await startServer((_, response) => void response.writeHead(status).end());
    expect(await client().fetchRange(server.origin, 0, 10, signal)).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  it('whose connection is cut is made again', async () => {
    let connections = 0;
    await using server = await startServer((request, response) => {
      connections += 1;
      if (connections < 3) request.socket.destroy();
      else serveRanges(bytes)(request, response);
    });
    expect(await client().fetchRange(server.origin, 0, 10, signal)).toMatchObject({ status: 206 });
  });

  it('waits as long as Retry-After says', async () => {
    const times: number[] = [];
    await using server = await startServer((request, response, number) => {
      times.push(performance.now());
      if (number === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else serveRanges(bytes)(request, response);
    });
    expect(await client().fetchRange(server.origin, 0, 10, signal)).toMatchObject({ status: 206 });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
  });

  it('is not made again when Retry-After is too long', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    await using server = await startServer(
      (_, response) => void response.writeHead(429, { 'retry-after': date }).end(),
    );
    expect(await client().fetchRange(server.origin, 0, 10, signal)).toMatchObject({ status: 429 });
    expect(server.requests).toHaveLength(1);
  });

  it('is not made again once it is aborted', async () => {
    await using server = await startServer((_, response) => void response.writeHead(503).end());
    const controller = new AbortController();
    const request = client({ delaysMs: [60_000], longestPauseMs: 60_000 }).fetchRange(
      server.origin,
      0,
      10,
      controller.signal,
    );
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort();
    await expect(request).rejects.toThrow('abort');
  });
});

describe('a host', () => {
  it('gets so many requests at once and no more', async () => {
    const open: (() => void)[] = [];
    await using server = await startServer((request, response) => {
      open.push(() => serveRanges(bytes)(request, response));
    });
    const sender = client({ requestsPerHost: 3 });
    const requests = Array.from({ length: 10 }, () => sender.fetchRange(server.origin, 0, 10, signal));
    for (let answered = 0; answered < 10; answered += 1) {
      await expect.poll(() => open.length).toBe(Math.min(3, 10 - answered));
      open.shift()?.();
      await Promise.race(requests);
    }
    expect(await Promise.all(requests)).toHaveLength(10);
  });

  it('that does not answer does not hold up another', async () => {
    await using dead = await startTcpServer(() => undefined);
    await using alive = await startServer(serveRanges(bytes));
    const sender = client({ requestsPerHost: 2 });
    const controller = new AbortController();
    const waiting = Array.from({ length: 20 }, () =>
      sender.fetchRange(dead.origin, 0, 10, controller.signal),
    );
    const answers = await Promise.all([1, 2, 3, 4].map(() => sender.fetchRange(alive.origin, 0, 10, signal)));
    expect(answers.map(({ status }) => status)).toEqual([206, 206, 206, 206]);
    controller.abort();
    const ends = await Promise.allSettled(waiting);
    expect(ends.map(({ status }) => status)).toEqual(new Array(20).fill('rejected'));
  });

  it('that did not answer some requests is not asked for thousands of others', async () => {
    let connections = 0;
    await using dead = await startTcpServer(() => {
      connections += 1;
    });
    const sender = client({ silenceTimeoutMs: 100, requestsPerHost: 4, failuresUntilRest: 5 });
    const requests = Array.from({ length: 2000 }, () => sender.fetchRange(dead.origin, 0, 10, signal));
    const ends = await Promise.allSettled(requests);
    const messages = ends.map((end) => (end.status === 'rejected' ? String(end.reason) : 'answered'));
    expect(messages.filter((message) => message.includes('took too long'))).toHaveLength(8);
    expect(messages.filter((message) => message.includes('requests in a row'))).toHaveLength(1992);
    expect(connections).toBe(8);
  });

  it('is asked again after its rest', async () => {
    let answers = false;
    await using server = await startServer((request, response) => {
      if (answers) serveRanges(bytes)(request, response);
      else request.socket.destroy();
    });
    const sender = client({ delaysMs: [], failuresUntilRest: 1, restMs: 50 });
    await expect(sender.fetchRange(server.origin, 0, 10, signal)).rejects.toThrow('was cut');
    await expect(sender.fetchRange(server.origin, 0, 10, signal)).rejects.toThrow('tried again in 1 s');
    answers = true;
    await expect
      .poll(() => sender.fetchRange(server.origin, 0, 10, signal).catch(String), { timeout: 5_000 })
      .toMatchObject({ status: 206 });
  });
});
