import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { get, patterned, raw } from './client.js';
import { s3, startTestBucket, startTestGateway } from './gateway-fixture.js';

const other = '127.0.0.9';
const content = 'the bytes of the object';

async function start(settings = {}) {
  const bucket = await startTestBucket();
  await bucket.putObject('a.txt', Buffer.from(content), 'text/plain');
  const test = await startTestGateway(s3(bucket.origin), settings);
  return { bucket, ...test };
}

const codeOf = (body: Buffer): string => JSON.parse(body.toString()).code;

describe('the list of addresses', () => {
  it('serves an address that is on it, and tells any other one its address', async () => {
    const { url, bucket } = await start();
    expect((await get(url, '/a.txt')).body.toString()).toBe(content);
    const refused = await get(url, '/a.txt', { from: other });
    expect([refused.status, refused.headers['cache-control']]).toEqual([403, 'no-store']);
    expect(JSON.parse(refused.body.toString())).toMatchObject({
      code: 'address_not_allowed',
      address: other,
    });
    expect(bucket.log).toHaveLength(1);
  });

  it('tells an address that is not on it nothing about objects, hosts and methods', async () => {
    const { url, bucket } = await start();
    await get(url, '/a.txt');
    for (const [target, call] of [
      ['/a.txt', {}],
      ['/missing', {}],
      ['/a.txt', { method: 'HEAD' }],
      ['/a.txt', { method: 'OPTIONS' }],
      ['/a.txt', { method: 'DELETE' }],
      ['/a.txt', { headers: { 'if-none-match': '*' } }],
      ['/a.txt', { headers: { range: 'bytes=0-1' } }],
      ['/a.txt', { headers: { 'x-bypass-cache': '1' } }],
      ['/%2e%2e/', {}],
      ['/a.txt', { headers: { host: 'unknown.example.com' } }],
    ] as const) {
      const answer = await get(url, target, { ...call, from: other });
      expect(answer.status).toBe(403);
      expect(answer.headers['etag']).toBeUndefined();
      expect(answer.body.toString()).not.toContain(content);
    }
    expect(bucket.log).toHaveLength(1);
  });

  it('refuses a removed address what is cached, from the next request on, on the same connection too', async () => {
    const { url, port, write, gateway } = await start();
    await get(url, '/a.txt');
    expect((await get(url, '/a.txt')).headers['x-cache-hit']).toBe('hit');
    const kept = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.1' });
    let text = '';
    kept.on('data', (chunk) => {
      text += chunk.toString();
    });
    const ask = 'GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n';
    kept.write(ask);
    await expect.poll(() => text).toContain(content);
    await write({ allow: [other] });
    await gateway.reload();
    text = '';
    kept.write(ask);
    await expect.poll(() => text).toContain('address_not_allowed');
    kept.destroy();
    expect(text).not.toContain(content);
    expect((await get(url, '/a.txt')).status).toBe(403);
    expect((await get(url, '/a.txt', { from: other })).body.toString()).toBe(content);
  });

  it('notices by itself that its file was changed', async () => {
    const { url, write } = await start();
    expect((await get(url, '/a.txt')).status).toBe(200);
    await write({ allow: [] });
    await expect.poll(async () => (await get(url, '/a.txt')).status).toBe(403);
  });

  it('cuts off what an address is downloading when it is removed, and nobody else', async () => {
    const { url, port, bucket, write, gateway } = await start({ allow: ['127.0.0.1', other] });
    await bucket.putObject('big.bin', patterned(16_000_000), 'application/octet-stream');
    await get(url, '/big.bin');
    const slow = (from: string) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: from });
      socket.on('error', () => undefined);
      socket.once('data', () => socket.pause());
      socket.write('GET /big.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      let bytes = 0;
      socket.on('data', (chunk) => {
        bytes += chunk.length;
      });
      const begun = new Promise((resolve) => socket.once('pause', resolve));
      const closed = new Promise<number>((resolve) => socket.once('close', () => resolve(bytes)));
      return { socket, begun, closed };
    };
    const [removed, kept] = [slow(other), slow('127.0.0.1')];
    await Promise.all([removed.begun, kept.begun]);
    await write({ allow: ['127.0.0.1'] });
    await gateway.reload();
    removed.socket.resume();
    kept.socket.resume();
    expect(await removed.closed).toBeLessThan(16_000_000);
    expect(await kept.closed).toBeGreaterThan(16_000_000);
  });

  it('serves nobody when the list is empty', async () => {
    const { url } = await start({ allow: [] });
    expect((await get(url, '/a.txt')).status).toBe(403);
  });

  it('listens on IPv6 and takes addresses of IPv4 there for what they are', async () => {
    const { url, gateway } = await start({ listen: [{ address: '[::]:0' }], allow: ['127.0.0.0/24', '::1'] });
    const port = new URL(url).port;
    expect((await get(`http://127.0.0.1:${port}`, '/a.txt')).status).toBe(200);
    expect(gateway.urls[0]).toContain('[::]');
  });
});

describe('addresses told by proxies', () => {
  const forwarded = (value: string | string[]) => ({ headers: { 'x-forwarded-for': value } });

  it('ignores forwarding headers of peers that are not named', async () => {
    const { url } = await start();
    for (const name of [
      'x-forwarded-for',
      'forwarded',
      'x-real-ip',
      'true-client-ip',
      'cf-connecting-ip',
      'x-client-ip',
    ]) {
      const spoofed = await get(url, '/a.txt', { headers: { [name]: '127.0.0.1' }, from: other });
      expect(spoofed.status).toBe(403);
    }
  });

  it.each<[string | string[], number]>([
    ['203.0.113.7', 200],
    ['203.0.113.7:4711', 200],
    ['[2001:db8::1]:4711', 200],
    ['::ffff:203.0.113.7', 200],
    ['198.51.100.1, 203.0.113.7', 200],
    ['203.0.113.7, 198.51.100.1', 403],
    ['203.0.113.7, 127.0.0.9', 200],
    [['198.51.100.1', '203.0.113.7'], 200],
    [['203.0.113.7', '198.51.100.1'], 403],
    ['203.0.113.7, nonsense', 403],
    ['203.0.113.7, 0xcb.0.113.7', 403],
    ['0203.0.113.7', 403],
    ['127.0.0.9', 403],
    [',,', 403],
  ])('reads %j from the right when the peer is a named proxy', async (value, status) => {
    const { url } = await start({ allow: ['203.0.113.7', '2001:db8::1'], trustedProxies: [other] });
    expect((await get(url, '/a.txt', { ...forwarded(value), from: other })).status).toBe(status);
  });

  it('takes a named proxy that forwards nobody for itself', async () => {
    const { url } = await start({ allow: ['203.0.113.7'], trustedProxies: [other] });
    const answer = await get(url, '/a.txt', { from: other });
    expect([answer.status, codeOf(answer.body)]).toEqual([403, 'address_not_allowed']);
  });
});

describe('PROXY protocol', () => {
  const request = 'GET /a.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  const listen = [{ address: '127.0.0.1:0', proxyProtocol: true }];
  const settings = { listen, allow: ['203.0.113.7', '2001:db8::1'], trustedProxies: [other] };
  const v2 = (family: number, address: number[]) => {
    const body = Buffer.alloc(family === 0x11 ? 12 : 36);
    body.set(address);
    const head = Buffer.from([
      13,
      10,
      13,
      10,
      0,
      13,
      10,
      0x51,
      0x55,
      0x49,
      0x54,
      10,
      0x21,
      family,
      0,
      body.length,
    ]);
    return Buffer.concat([head, body, Buffer.from(request)]);
  };

  it.each<[string, string | Buffer]>([
    ['version 1, IPv4', `PROXY TCP4 203.0.113.7 10.0.0.1 1 2\r\n${request}`],
    ['version 1, IPv6', `PROXY TCP6 2001:db8::1 ::1 1 2\r\n${request}`],
    ['version 2, IPv4', v2(0x11, [203, 0, 113, 7])],
    ['version 2, IPv6', v2(0x21, [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])],
  ])('serves an allowed address by %s', async (_name, bytes) => {
    const { port } = await start(settings);
    expect(await raw(port, bytes, other)).toContain(content);
  });

  it('refuses an address that is not on the list', async () => {
    const { port } = await start(settings);
    expect(await raw(port, `PROXY TCP4 198.51.100.1 10.0.0.1 1 2\r\n${request}`, other)).toContain(
      '198.51.100.1',
    );
    expect(await raw(port, `PROXY UNKNOWN\r\n${request}`, other)).toContain('address_not_allowed');
  });

  it.each([
    ['no header', request],
    ['an address that is none', `PROXY TCP4 203.0.113.07 10.0.0.1 1 2\r\n${request}`],
    ['an endless line', `PROXY TCP4 ${'1'.repeat(200)}`],
  ])('closes a connection with %s', async (_name, bytes) => {
    const { port } = await start(settings);
    expect(await raw(port, bytes, other)).toBe('');
  });

  it('closes a connection of a peer that is not named', async () => {
    const { port } = await start({ ...settings, allow: ['127.0.0.1', '203.0.113.7'] });
    expect(await raw(port, `PROXY TCP4 203.0.113.7 10.0.0.1 1 2\r\n${request}`)).toBe('');
  });
});
