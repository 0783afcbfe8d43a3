import { afterEach, describe, expect, it } from 'vitest';
import { anyAddress, publicAddressesAnd } from '../src/address-rules.js';
import { EgressClient, type EgressOptions } from '../src/egress-client.js';
import type { EgressError } from '../src/egress-error.js';
import { serveRanges, startServer, startTcpServer } from './hostile-server.js';

const signal = new AbortController().signal;
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
const local = publicAddressesAnd(['127.0.0.0/8']);
const opened: EgressClient[] = [];

function client(options: EgressOptions = {}): EgressClient {
  const made = new EgressClient({ mayConnect: local, delaysMs: [], ...options });
  opened.push(made);
  return made;
}
afterEach(() => Promise.all(opened.splice(0).map((made) => made.close())));

const failure = (request: Promise<unknown>): Promise<EgressError> =>
  request.then(
    () => expect.unreachable('the request was answered'),
    (error) => error,
  );

describe('a range', () => {
  it('comes with what the storage says of the object', async () => {
    await using server = await startServer(serveRanges(bytes));
    const answer = await client().fetchRange(`${server.origin}/a?X-Sig=1`, 10, 20, signal);
    expect(answer).toEqual({
      status: 206,
      bytes: bytes.slice(10, 20),
      totalBytes: 1000,
      contentType: 'image/png',
      etag: '"1"',
    });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'GET', url: '/a?X-Sig=1' });
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual([
      'accept-encoding',
      'connection',
      'host',
      'range',
      'user-agent',
    ]);
  });

  it('ends where the object ends, and is empty behind it', async () => {
    await using server = await startServer(serveRanges(bytes));
    const sender = client();
    const last = await sender.fetchRange(server.origin, 990, 2000, signal);
    expect(last.bytes).toEqual(bytes.slice(990));
    expect(await sender.fetchRange(server.origin, 1000, 1010, signal)).toMatchObject({
      status: 416,
      totalBytes: 1000,
    });
  });

  it('is the whole of a small object where the storage has no ranges', async () => {
    await using server = await startServer((_, response) => void response.end(bytes));
    const answer = await client().fetchRange(server.origin, 0, 10, signal);
    expect(answer).toMatchObject({ status: 200, bytes, totalBytes: 1000 });
  });

  it.each([403, 404])('of an object that is refused with %i has the reason', async (status) => {
    await using server = await startServer(
      (_, response) => void response.writeHead(status).end('<Error/>'.padEnd(10_000)),
    );
    const answer = await client().fetchRange(server.origin, 0, 10, signal);
    expect(answer).toMatchObject({ status, totalBytes: null });
    expect(Buffer.from(answer.bytes).toString()).toBe('<Error/>'.padEnd(4096));
  });

  it('sends no cookie back', async () => {
    await using server = await startServer(
      (_, response) => void response.writeHead(403, { 'set-cookie': 'id=1; Path=/' }).end(),
    );
    const sender = client();
    for (const _ of [1, 2]) await sender.fetchRange(server.origin, 0, 10, signal);
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });
});

describe('a connection', () => {
  it.each([
    'http://127.0.0.1:18999/',
    'http://localhost:18999/',
    'http://0x7f.1:18999/',
    'http://2130706433:18999/',
    'http://[::1]:18999/',
    'http://[::ffff:127.0.0.1]:18999/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0.0.0.0:18999/',
    'http://10.0.0.1/',
  ])('to %s is not made', async (url) => {
    const sender = client({ mayConnect: publicAddressesAnd([]) });
    expect(await failure(sender.fetchRange(url, 0, 10, signal))).toMatchObject({ code: 'refused_address' });
  });

  it('is made to the address that was checked, though the resolver then names another', async () => {
    await using server = await startServer(serveRanges(bytes));
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    let asked = 0;
    const sender = client({
      mayConnect: publicAddressesAnd(['127.0.0.1/32']),
      resolve: async () => answers[asked++] ?? [],
    });
    const answer = await sender.fetchRange(`http://storage.example:${server.port}/`, 0, 10, signal);
    expect(answer.status).toBe(206);
    expect(asked).toBe(1);
    expect([...server.sockets].map(({ localAddress }) => localAddress)).toEqual(['127.0.0.1']);
  });

  it('is refused when a name that was at an allowed address is at others the next time', async () => {
    await using server = await startServer((request, response) => {
      response.setHeader('connection', 'close');
      serveRanges(bytes)(request, response);
    });
    const answers = [['127.0.0.1'], ['127.0.0.2', '10.0.0.1', '::1']];
    let asked = 0;
    const sender = client({
      mayConnect: publicAddressesAnd(['127.0.0.1/32']),
      resolve: async () => answers[asked++] ?? [],
    });
    const url = `http://rebind.example:${server.port}/x?secret=1`;
    expect(await sender.fetchRange(url, 0, 10, signal)).toMatchObject({ status: 206 });
    await expect.poll(() => server.sockets.size).toBe(0);
    expect(await failure(sender.fetchRange(url, 0, 10, signal))).toMatchObject({
      code: 'refused_address',
      message: expect.stringMatching(/^rebind\.example is at a private/),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('passes over the private addresses of a name', async () => {
    await using server = await startServer(serveRanges(bytes));
    const resolve = async () => ['10.0.0.1', '169.254.169.254', '127.0.0.1'];
    const answer = await client({ resolve }).fetchRange(`http://a.example:${server.port}/`, 0, 10, signal);
    expect(answer.status).toBe(206);
  });

  it('takes the next address of a name when one does not answer', async () => {
    await using server = await startServer(serveRanges(bytes));
    const resolve = async () => ['127.0.0.3', '127.0.0.1'];
    const answer = await client({ resolve }).fetchRange(`http://a.example:${server.port}/`, 0, 10, signal);
    expect(answer.status).toBe(206);
  });

  it('is given up when the name is not resolved in time', async () => {
    const sender = client({ resolve: () => new Promise(() => undefined), connectTimeoutMs: 50 });
    expect(await failure(sender.fetchRange('http://a.example/', 0, 10, signal))).toMatchObject({
      code: 'unreachable',
      message: 'The name a.example was not resolved within 50 ms.',
    });
  });

  it('names what is in its way and not the URL', async () => {
    const resolve = async (): Promise<string[]> => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const error = await failure(
      client({ resolve }).fetchRange('http://gone.example/path?X-Amz-Signature=secret', 0, 10, signal),
    );
    expect(error).toMatchObject({
      code: 'unreachable',
      message: 'gone.example cannot be reached: there is no such name.',
    });
  });

  it('by TLS asks for the certificate of the name, not of the address', async () => {
    const hellos: string[] = [];
    await using server = await startTcpServer((socket) =>
      socket.once('data', (hello) => {
        hellos.push(hello.toString('latin1'));
        socket.destroy();
      }),
    );
    const sender = client({ resolve: async () => ['127.0.0.1'] });
    const error = await failure(sender.fetchRange(`https://storage.example:${server.port}/`, 0, 10, signal));
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(hellos).toEqual([expect.stringContaining('storage.example')]);
  });

  it('goes anywhere when any address is allowed', async () => {
    await using server = await startServer(serveRanges(bytes));
    const answer = await client({ mayConnect: anyAddress }).fetchRange(server.origin, 0, 1, signal);
    expect(answer.status).toBe(206);
  });
});

describe('a redirect', () => {
  it('is followed', async () => {
    await using server = await startServer((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b?c=d' }).end();
      else serveRanges(bytes)(request, response);
    });
    const answer = await client().fetchRange(`${server.origin}/a`, 0, 10, signal);
    expect(answer.status).toBe(206);
    expect(server.requests.map(({ url, headers }) => [url, headers.range])).toEqual([
      ['/a', 'bytes=0-9'],
      ['/b?c=d', 'bytes=0-9'],
    ]);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'refused_address'],
    ['http://[::ffff:127.0.0.2]:18999/', 'refused_address'],
    ['http://[::ffff:7f00:2]:18999/', 'refused_address'],
    ['http://0x7f.2:18999/', 'refused_address'],
    ['http://127.2:18999/', 'refused_address'],
    ['//127.0.0.2:18999/x', 'refused_address'],
    ['http://localhost.rebind.example/', 'refused_address'],
    ['file:///etc/passwd', 'refused_scheme'],
    ['gopher://a.example/', 'refused_scheme'],
    ['http://user:secret@a.example/', 'refused_url'],
    ['http://a.example:22/', 'refused_port'],
    ['http://[', 'invalid_answer'],
  ])('to %s ends as %s', async (location, code) => {
    await using server = await startServer((_, response) => void response.writeHead(302, { location }).end());
    const sender = client({
      mayConnect: publicAddressesAnd(['127.0.0.1/32']),
      resolve: async () => ['127.0.0.2'],
    });
    const error = await failure(sender.fetchRange(`${server.origin}/a?secret=1`, 0, 10, signal));
    expect(error).toMatchObject({ name: 'EgressError', code });
    expect(error.message).not.toContain('secret');
    expect(server.requests).toHaveLength(1);
  });

  it('that leads back to itself is left after some', async () => {
    await using server = await startServer(
      (_, response, number) => void response.writeHead(307, { location: `/${number}` }).end(),
    );
    expect(await failure(client().fetchRange(server.origin, 0, 10, signal))).toMatchObject({
      code: 'too_many_redirects',
    });
    expect(server.requests).toHaveLength(6);
  });
});

describe('a storage that', () => {
  it('never answers is left', async () => {
    await using server = await startTcpServer(() => undefined);
    const error = await failure(client({ silenceTimeoutMs: 50 }).fetchRange(server.origin, 0, 10, signal));
    expect(error).toMatchObject({ code: 'timed_out' });
  });

  it('stops in the middle of its headers is left', async () => {
    await using server = await startTcpServer((socket) => socket.write('HTTP/1.1 206 Partial\r\nContent-'));
    const error = await failure(client({ silenceTimeoutMs: 50 }).fetchRange(server.origin, 0, 10, signal));
    expect(error).toMatchObject({ code: 'timed_out' });
  });

  it('stops in the middle of the body is left', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/1000', 'content-length': 10 }).write('abc');
    });
    const error = await failure(client({ silenceTimeoutMs: 50 }).fetchRange(server.origin, 0, 10, signal));
    expect(error).toMatchObject({ code: 'timed_out' });
  });

  it('sends a byte now and then is left at the end of its time', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-999/1000' });
      const timer = setInterval(() => response.write('a'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const sender = client({ silenceTimeoutMs: 5_000, requestTimeoutMs: 200 });
    expect(await failure(sender.fetchRange(server.origin, 0, 1000, signal))).toMatchObject({
      code: 'timed_out',
    });
  });

  it('sends without an end is cut off', async () => {
    const chunk = Buffer.alloc(64 * 1024);
    let sent = 0;
    await using server = await startServer((_, response) => {
      response.writeHead(200);
      const push = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', push);
      push();
    });
    expect(await failure(client().fetchRange(server.origin, 0, 1000, signal))).toMatchObject({
      code: 'no_ranges',
    });
    await expect.poll(() => server.sockets.size).toBe(0);
    // What the sockets between hold.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it.each([
    ['another part', 'bytes 5-14/1000', 10],
    ['more than was asked for', 'bytes 0-19/1000', 20],
    ['less than was asked for', 'bytes 0-4/1000', 5],
    ['fewer bytes than it says', 'bytes 0-9/1000', 5],
    ['more bytes than it says', 'bytes 0-9/1000', 500],
    ['a part beyond the end', 'bytes 0-9/5', 10],
    ['no place', '', 10],
    ['a place that is none', 'bytes nine', 10],
  ])('answers with %s is not believed', async (_, contentRange, length) => {
    await using server = await startServer((_request, response) => {
      response.writeHead(206, contentRange === '' ? {} : { 'content-range': contentRange });
      response.end(bytes.subarray(0, length));
    });
    expect(await failure(client().fetchRange(server.origin, 0, 10, signal))).toMatchObject({
      code: 'invalid_answer',
    });
  });

  it('does not speak HTTP is not believed', async () => {
    await using server = await startTcpServer((socket) => socket.end('+PONG\r\n'));
    expect(await failure(client().fetchRange(server.origin, 0, 10, signal))).toMatchObject({
      code: 'invalid_answer',
    });
  });

  it('sends headers without an end is cut off', async () => {
    await using server = await startTcpServer((socket) => {
      socket.write('HTTP/1.1 206 Partial\r\n');
      const timer = setInterval(() => socket.write(`x-filler: ${'a'.repeat(4000)}\r\n`), 1);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await failure(client().fetchRange(server.origin, 0, 10, signal))).toMatchObject({
      code: 'invalid_answer',
    });
  });

  it('is asked for more than one request may get is not asked', async () => {
    await using server = await startServer(serveRanges(bytes));
    const sender = client({ maxRangeBytes: 100 });
    expect(await failure(sender.fetchRange(server.origin, 0, 101, signal))).toMatchObject({
      code: 'too_many_bytes',
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe('an aborted request', () => {
  it('ends with the reason of its signal and leaves the connection', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/1000' }).write('abc');
    });
    const controller = new AbortController();
    const request = failure(client().fetchRange(server.origin, 0, 10, controller.signal));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error('cancelled'));
    expect(await request).toMatchObject({ message: 'cancelled' });
    await expect.poll(() => server.sockets.size).toBe(0);
  });
});
